using System.Diagnostics;
using System.Globalization;
using LogScalePaging.Bench.Processes;

namespace LogScalePaging.Bench.Clients;

/// <summary>
/// curl, fetching a whole range from the server's /query endpoint into a file: the shortest time that an export can take.
/// </summary>
internal static class CurlClient
{
    private const string Body = """{"queryString":"*","start":"1d","end":"now","isLive":false}""";

    /// <exception cref="SkippedException">There is no curl.</exception>
    public static void EnsurePresent()
    {
        if (!Children.OnPath("curl"))
            throw new SkippedException("there is no curl on the PATH");
    }

    public static async Task<ClientOutcome> RunAsync(ServerAddress server, string output)
    {
        var stolen = StolenTime.Now;
        var process = Children.Start(
            "curl",
            "--silent", "--show-error", "--fail", "--output", output, "--write-out", "%{time_total}\n",
            "--header", "Authorization: Bearer " + server.Token, "--header", "Content-Type: application/json", "--header",
            "Accept: application/x-ndjson",
            "--data", Body, $"{server.BaseUrl.TrimEnd('/')}/api/v1/repositories/{server.Repository}/query");
        var clock = Stopwatch.StartNew();
        var before = ChildrenCpu();
        var seconds = double.Parse(await Children.LastLineAsync(process).ConfigureAwait(false), CultureInfo.InvariantCulture);
        stolen = StolenTime.Now - stolen;
        var bytes = new FileInfo(output).Length;
        File.Delete(output);
        BenchContext.Tell(
            FormattableString.Invariant($"curl: {bytes / 1e6:N0} MB in {seconds:N1} s ({clock.Elapsed.TotalSeconds:N1} s with its start)"));
        return new ClientOutcome(0, seconds, ChildrenCpu() - before, 0, "") { Bytes = bytes, StolenSeconds = stolen };
    }

    // The processor time of the children that have ended. There is no other source for it after a process has ended.
    private static double ChildrenCpu()
    {
        if (!File.Exists("/proc/self/stat"))
            return 0;
        var text = File.ReadAllText("/proc/self/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture)) / 100;
    }
}
