using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every signature is blittable, and the libraries are the system's: nothing is looked for beside the application.
[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
