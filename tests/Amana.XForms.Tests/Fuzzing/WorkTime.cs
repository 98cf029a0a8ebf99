using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Amana.XForms.Tests.Fuzzing;

/// <summary>How long this thread has worked: its own processor time, which other programs of a busy machine do not add to; elsewhere than on Linux the clock.</summary>
internal static partial class WorkTime
{
    private const int OfThisThread = 3; // CLOCK_THREAD_CPUTIME_ID

    public static TimeSpan Now =>
        OperatingSystem.IsLinux() && GetTime(OfThisThread, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100)
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Moment time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
