using System.Runtime.InteropServices;

namespace Amana.Web.Hosting;

/// <summary>Keeps what native libraries (SQLite, OpenSSL) take of memory in two places. Left alone, glibc makes up to eight for each processor, each with room of its own that is not given back.</summary>
internal static class SmallMemory
{
    private const int MostPlaces = -8; // M_ARENA_MAX, mallopt(3)

    /// <summary>Before other threads start. Where the C library is another one, nothing is done.</summary>
    public static void InTwoPlaces()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Native.Choose(MostPlaces, 2);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has one place for all
        }
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "mallopt")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Choose(int what, int value);
    }
}
