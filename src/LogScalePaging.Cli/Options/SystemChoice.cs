using System.CommandLine;
using System.CommandLine.Parsing;
using LogScalePaging.Common;

namespace LogScalePaging.Cli.Options;

/// <summary>Which system is searched. A new system adds one line to the list.</summary>
internal sealed class SystemChoice
{
    private const string LogScale = "logscale";

    private readonly SystemOptions[] _others = [new AxiomOptions(), new FalconListOptions(), new TaniumOptions()];
    private readonly Option<string> _system;

    public SystemChoice()
    {
        _system = new Option<string>("--system")
        {
            HelpName = "NAME",
            Description = $"The system: {string.Join(", ", Names)}. NG-SIEM is searched as {LogScale}.",
            DefaultValueFactory = _ => LogScale,
        };
        _system.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Names.Contains(result.Tokens[0].Value.ToLowerInvariant()))
                result.AddError($"--system: '{Printable.Line(result.Tokens[0].Value)}' is not one of {string.Join(", ", Names)}.");
        });
    }

    private string[] Names => [LogScale, .. _others.Select(s => s.Name)];

    /// <param name="command">The command.</param>
    /// <param name="onlyLogScale">The options of the command that belong to LogScale. Another system has only those that it names.</param>
    /// <param name="forSearch">False for a command that does not search. It has no options of the systems.</param>
    public void AddTo(Command command, IReadOnlyList<Option> onlyLogScale, bool forSearch = true)
    {
        command.Add(_system);
        foreach (var option in forSearch ? _others.SelectMany(s => s.Own) : [])
            command.Add(option);
        command.Validators.Add(result => Check(result, onlyLogScale, forSearch));
    }

    /// <summary>The system; null for LogScale and NG-SIEM.</summary>
    public SystemOptions? Of(ParseResult parsed) => Of(parsed.GetValue(_system));

    /// <summary>The system that a manifest names; null for LogScale and NG-SIEM.</summary>
    public SystemOptions? Named(string system) => Of(system);

    private SystemOptions? Of(string? name) => _others.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void Check(CommandResult result, IReadOnlyList<Option> onlyLogScale, bool forSearch)
    {
        var system = Of(result.GetResult(_system)?.Tokens is [var token] ? token.Value : null);
        // The library uses this text for an option that is always required.
        if (forSearch && system is null && !Given(result).Contains(SearchOptions.QueryName)
            && !Given(result).Contains(SearchOptions.QueryFileName))
            result.AddError($"Option '{SearchOptions.QueryName}' is required.");
        var known = system is null ? onlyLogScale.Select(o => o.Name) : system.Own.Select(o => o.Name).Concat(system.Shared);
        var foreign = onlyLogScale.Concat(_others.SelectMany(s => s.Own)).Select(o => o.Name).Except(known);
        foreach (var name in foreign.Intersect(Given(result)).ToList())
        {
            result.AddError(system is null
                ? $"{name} requires --system {string.Join(" or ", _others.Where(s => s.Own.Any(o => o.Name == name)).Select(s => s.Name))}."
                : $"{name} is not an option of --system {system.Name}.");
        }
    }

    private static IEnumerable<string> Given(CommandResult result) =>
        result.Children.OfType<OptionResult>().Where(o => !o.Implicit).Select(o => o.Option.Name);
}
