using System.CommandLine;
using LogScalePaging.Common;
using LogScalePaging.LogScale;

namespace LogScalePaging.Cli.Options;

/// <summary>Source of the token. It is never an argument, because every user of a machine can read arguments.</summary>
internal sealed class TokenOptions
{
    private readonly Option<string?> _file = new("--token-file")
    {
        HelpName = "PATH",
        Description = $"File with the token, or for NG-SIEM the client secret. Default: {ConnectionSettings.TokenVariable}.",
    };
    private readonly Option<bool> _stdin = new("--token-stdin")
    {
        Description = "Read the token, or the client secret, from the first line of standard input.",
    };

    private readonly Option<string?> _spoken = new("--token") { Hidden = true, Arity = ArgumentArity.ZeroOrOne };

    public void AddTo(Command command)
    {
        _spoken.Validators.Add(result => result.AddError("The token must not be on the command line, where every user of this machine "
            + $"can read it. Use {ConnectionSettings.TokenVariable}, --token-file or --token-stdin. If the token was there, change it "
            + "now."));
        command.Add(_spoken);
        command.Add(_file);
        command.Add(_stdin);
    }

    /// <summary>Whether an option names a source.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_file) is not null || parsed.GetValue(_stdin);

    /// <summary>The token, or the secret in the variable; null if there is none.</summary>
    /// <exception cref="UsageException">The named source has no token.</exception>
    public string? Read(ParseResult parsed, CliHost host, string variable = ConnectionSettings.TokenVariable)
    {
        var file = parsed.GetValue(_file);
        if (file is not null && parsed.GetValue(_stdin))
            throw new UsageException("Use --token-file or --token-stdin, not both.");
        if (file is not null)
            return FromFile(file);
        if (parsed.GetValue(_stdin))
            return NotEmpty(host.OpenInput().ReadLine(), "--token-stdin: standard input has no token in its first line.");
        return host.Environment(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    private static string FromFile(string path)
    {
        try
        {
            return NotEmpty(File.ReadLines(path).FirstOrDefault(),
                $"--token-file: '{Printable.Line(path)}' has no token in its first line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--token-file: {e.Message}", e);
        }
    }

    private static string NotEmpty(string? text, string otherwise) =>
        string.IsNullOrWhiteSpace(text) ? throw new UsageException(otherwise) : text.Trim();
}
