using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Amana.Features.Platform.Vault;

/// <summary>Keeps the memory of a program that holds keys out of files: when it crashes, Linux writes no core file of it, and no other program of the same account may read its memory
/// (<c>prctl(2)</c> PR_SET_DUMPABLE, <c>setrlimit(2)</c> RLIMIT_CORE). Elsewhere it does nothing: there the operator switches crash files off.</summary>
public static class OwnMemory
{
    private const int SetDumpable = 4;
    private const int CoreFiles = 4;

    /// <summary>For the whole life of the program, before the first key is opened.</summary>
    public static void KeepOutOfFiles()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var none = default(Limit);
        if (Native.SetLimit(CoreFiles, in none) != 0 || Native.Control(SetDumpable, 0, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "Crash files of this program could not be switched off.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly nuint Soft;
        public readonly nuint Hard;
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Control(int option, nuint argument, nuint third, nuint fourth, nuint fifth);

        [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int SetLimit(int resource, in Limit limit);
    }
}
