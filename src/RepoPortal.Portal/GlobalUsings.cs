global using Microsoft.EntityFrameworkCore;
global using RepoPortal.Contracts;
global using RepoPortal.Contracts.People;
global using RepoPortal.Contracts.Repositories;
global using RepoPortal.Portal.Outcomes;
global using RepoPortal.Portal.People;
global using RepoPortal.Portal.Record;
