Console.WriteLine("RepoPortal");
