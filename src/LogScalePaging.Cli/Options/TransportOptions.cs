using System.CommandLine;
using LogScalePaging.Common;
using LogScalePaging.LogScale;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tls;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for proxy, certificates and retries.</summary>
internal sealed class TransportOptions
{
    private static readonly ApiTransportOptions s_defaults = new() { BaseUrl = new Uri("http://localhost"), Tokens = null! };

    private readonly Option<string?> _caBundle = new("--ca-bundle")
    {
        HelpName = "PATH",
        Description = $"PEM file with certificates to trust in addition to the system's. Default: {ApiTransportOptions.CaBundleVariable}.",
    };
    private readonly Option<string?> _proxy = new("--proxy")
    {
        HelpName = "URL",
        Description = "Proxy. Default: the system's, or HTTPS_PROXY and HTTP_PROXY.",
    };
    private readonly Option<string?> _certificate = new("--certificate")
    {
        HelpName = "PATH",
        Description = $"Client certificate with its key, PFX or PEM. Its password is read from {ClientCertificate.PasswordVariable}.",
    };
    private readonly Option<bool> _skipCertificateCheck = new("--skip-certificate-check")
    {
        Description = "Accept any certificate. This is not safe.",
    };
    private readonly Option<bool> _allowUnencrypted = new("--allow-unencrypted-authentication")
    {
        Description = "Send the token over http to another machine. This is not safe.",
    };
    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "Maximum time to wait for an answer, and for each part of it (also 500ms, 2m). [default: "
            + $"{s_defaults.Timeout.TotalSeconds:0}]",
        CustomParser = ArgumentValues.Span(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
    };
    private readonly Option<long> _maxRetries = new("--max-retries")
    {
        HelpName = "N",
        Description = "Maximum number of retries of a failed request, 0 to 100.",
        CustomParser = ArgumentValues.Number(0, 100),
        DefaultValueFactory = _ => s_defaults.MaxRetryCount,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _caBundle, _proxy, _certificate, _skipCertificateCheck, _allowUnencrypted, _timeout,
            _maxRetries })
            command.Add(option);
    }

    public string? CaBundle(ParseResult parsed) => parsed.GetValue(_caBundle);

    /// <exception cref="UsageException">The proxy is not valid.</exception>
    /// <exception cref="ArgumentException">The certificate cannot be used.</exception>
    public ApiTransportOptions Complete(ParseResult parsed, CliHost host, ApiTransportOptions options, int parallel) => options with
    {
        // Each job has at most one running request.
        ThrottleLimit = Math.Max(options.ThrottleLimit, parallel),
        Proxy = Proxy(parsed.GetValue(_proxy)),
        ClientCertificate = parsed.GetValue(_certificate) is { } path
            ? ClientCertificate.Load(path, ConnectionSettings.Secret(host.Environment(ClientCertificate.PasswordVariable)))
            : null,
        SkipCertificateCheck = parsed.GetValue(_skipCertificateCheck),
        AllowUnencryptedAuthentication = parsed.GetValue(_allowUnencrypted),
        Timeout = parsed.GetResult(_timeout) is null ? options.Timeout : parsed.GetValue(_timeout),
        MaxRetryCount = (int)parsed.GetValue(_maxRetries),
        Time = host.Time,
    };

    private static Uri? Proxy(string? text)
    {
        if (text is null)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new UsageException(
                $"--proxy: '{Printable.Line(text)}' is not the URL of a proxy. Write it as http://proxy.example.com:8080.");
        // Every user of the machine can read the command line.
        return url.UserInfo.Length == 0 ? url : throw new UsageException("--proxy: the user name and password must not be on the "
            + "command line, where others can read them. Set HTTPS_PROXY instead.");
    }
}
