namespace LogScalePaging.Core.Tests.Support;

/// <summary>Why some runs leave tests out. CONTRIBUTING.md quotes these sentences.</summary>
internal static class Differences
{
    public const string NoBrotli = ".NET Standard 2.0 has no Brotli; the engine does not ask for it there.";
    public const string NoConnectionCount = "HttpClientHandler does not tell when it opens a connection.";
    public const string ProxyError =
        "The error of .NET's handler for a refused proxy tunnel has no meaning that .NET Standard 2.0 can read.";
    public const string ResentByFramework = "HttpWebRequest repeats a request, without being asked to, when a kept connection turns out to be closed.";
    public const string GzipError =
        "Mono reports damaged compressed data as an IOException, not as the InvalidDataException of .NET Framework and .NET.";
    public const string NoFirstChance = "Mono never raises AppDomain.FirstChanceException.";
    public const string NoFileLock = "Mono enforces FileShare.None between Mono processes only, without flock.";
}
