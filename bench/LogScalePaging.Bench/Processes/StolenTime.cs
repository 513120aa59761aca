using System.Globalization;

namespace LogScalePaging.Bench.Processes;

/// <summary>Processor time that the host of a virtual machine gave to others. None where the system does not tell.</summary>
internal static class StolenTime
{
    private const string Source = "/proc/stat";
    private const int StealColumn = 8;
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of all cores since the machine started.</summary>
    public static double Now => File.Exists(Source)
        ? double.Parse(File.ReadLines(Source).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[StealColumn],
            CultureInfo.InvariantCulture) / TicksPerSecond
        : 0;
}
