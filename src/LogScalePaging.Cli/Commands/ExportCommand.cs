using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Cli.Running;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Store;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>export</c>: writes every event that a query matches to a file or to standard output.</summary>
internal sealed class ExportCommand(CliHost host)
{
    private const string Examples =
        """
        Try it without a server:
          {0} export --embedded -q '#event_simpleName=ProcessRollup2' -s 1h -o events.json

        The last day as compressed ndjson, proved by the server's count:
          export LOGSCALE_BASE_URL=https://cloud.community.humio.com LOGSCALE_REPO=sandbox LOGSCALE_TOKEN=...
          {0} export -q '#type=accesslog statuscode>=500' -s 24h -o errors.ndjson.gz

        From cron, again and again: the old file stays until the new one is whole, and only trouble is said:
          {0} export -q '#event_simpleName=UserLogon' -s 24h -o logons.csv --force --quiet

        What came since the last run, each record exactly once over all runs; -s says where the first run begins:
          {0} export -q '#event_simpleName=UserLogon' -s 24h --watermark logons.state -o 'logons-{start}.ndjson' --quiet

        NG-SIEM through the Falcon gateway, as the published script does it:
          export FALCON_CLIENT_ID=... FALCON_CLIENT_SECRET=... FALCON_BASE_URL=https://api.us-2.crowdstrike.com
          {0} export -q '#event_simpleName=ProcessRollup2' --start 1h -o events.json

        The named child tenants of an MSSP, each into a separate file:
          {0} export -q '*' -s 24h --member-cid CID1,CID2,CID3 -o '{cid}-events.ndjson.gz'

        The same again and again, each tenant from its own watermark:
          {0} export -q '*' -s 24h --member-cid CID1,CID2,CID3 --watermark '{cid}.state' -o '{cid}-{start}.ndjson.gz' --quiet

        In a job with a time limit: stop before it, and go on in the next job:
          {0} export -q '*' -s 7d -o week.ndjson --stop-after 2h45m --resume

        Go on after a break:
          {0} export -q '*' -s 7d -o week.ndjson --resume

        In files of at most 100 MB, all in one manifest:
          {0} export -q '*' -s 7d -o week.ndjson.gz --max-file-size 100MB

        Into another program, as the pages come:
          {0} export -q 'error' -s 1h -o - | jq -r '.["@rawstring"]'

        Axiom, a dataset as APL reads it:
          export AXIOM_TOKEN=...
          {0} export --system axiom --dataset logs -q 'where status >= 500' -s 24h -o errors.ndjson

        Tanium, all endpoints with some of their fields:
          export TANIUM_URL=https://example-api.cloud.tanium.com TANIUM_TOKEN=token-...
          {0} export --system tanium --field endpoints --fields 'id,name,ipAddress,os{name}' -o endpoints.ndjson

        Exit codes: 0 complete (or unverified, when no count was available), 1 failed, 2 wrong usage, 3 incomplete
        (also by --stop-after, and if --watermark leaves a gap), 4 unverified (or events that arrived too late for
        --watermark) where --require-complete is given, 130 interrupted.
        """;

    private readonly SearchOptions _search = new();
    private readonly OutputOptions _output = new();
    private readonly ConnectionOptions _connection = new();
    private readonly SystemChoice _system = new();
    private readonly ScheduleOptions _schedule = new();
    private readonly TalkOptions _talk = new();

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("export", "Retrieve every record that a query matches, and prove it with a count.");
        _search.AddTo(command);
        _output.AddTo(command);
        _connection.AddTo(command);
        _system.AddTo(command, [.. _search.OnlyLogScale, .. _connection.OnlyLogScale]);
        _schedule.AddTo(command);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        try
        {
            return await ExportAsync(parsed, messages).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            messages.Say("Interrupted before any record was received. No files were left.");
            return ExitCode.Interrupted;
        }
        catch (IOException e) when (StandardOutput.IsBrokenPipe(e))
        {
            // The reader has closed the pipe, because it has enough. This is not an error.
            return ExitCode.Incomplete;
        }
        catch (Exception e)
        {
            return CommandLineApp.Fail(messages, e);
        }
    }

    private async Task<int> ExportAsync(ParseResult parsed, Messages messages)
    {
        if (_system.Of(parsed) is { } system)
            return await ExportAsync(parsed, messages, system).ConfigureAwait(false);
        var output = _output.Read(parsed, _connection.IsNgSiem(parsed, host));
        // A run that is resumed has pinned its range already.
        var isPinned = _schedule.IsGiven(parsed) || output.MayGoOn;
        var spec = _search.Read(parsed, isPinned ? null : host.Time);
        if (Tenants(parsed, output) is { } tenants)
            return await ExportAsync(parsed, messages, tenants, spec).ConfigureAwait(false);
        using var server = _connection.IsEmbedded(parsed)
            ? EmbeddedServer.Start(_connection.RepositoryGiven(parsed), _connection.IsNgSiem(parsed, host), host.Time)
            : null;
        using var connection = Connect(parsed, server, spec.Parallel, messages);
        EnsureCan(connection, spec.Strategy);
        return await ExportAsync(parsed, messages, connection, spec, output,
            "Stopping: the query jobs are being deleted.").ConfigureAwait(false);
    }

    private async Task<int> ExportAsync(ParseResult parsed, Messages messages, SystemOptions system)
    {
        var output = _output.Read(parsed, system.DefaultOutput);
        var request = system.Read(parsed, _search);
        output = output with { Fields = system.Kept(output.Fields) };
        if (Tenants(parsed, output) is { } tenants)
            return await ExportAsync(parsed, messages, tenants, request).ConfigureAwait(false);
        if (_connection.IsEmbedded(parsed))
        {
            _connection.EnsureEmbedded(parsed);
            var simulated = system.Simulate(new SimulatedData(0, null, 1, TimeSpan.Zero, null, host.Time));
            using var server = simulated.Server;
            messages.Info($"Embedded server with generated data ({simulated.Description}).");
            using var embedded = system.Connect(parsed, host.With(simulated.Variables), _connection).Connection;
            return await ExportAsync(parsed, messages, embedded, request, output, "Stopping.").ConfigureAwait(false);
        }
        var (connection, secret) = system.Connect(parsed, host, _connection);
        messages.Hide(secret);
        using (connection)
            return await ExportAsync(parsed, messages, connection, request, output, "Stopping.").ConfigureAwait(false);
    }

    private async Task<int> ExportAsync(
        ParseResult parsed, Messages messages, SearchConnection connection, SearchRequest request, OutputRequest output, string stopping)
    {
        messages.CleanWith(connection.Transport.Clean);
        var signals = new SignalLog(host.Time);
        signals.Emitted += signal => messages.Tell(signal);
        if (_schedule.Read(parsed, output, _search, connection.Tenant) is { } settings)
            return await ScheduledAsync(parsed, messages, signals,
                new ScheduledRun(connection, request, output, settings, _search.Name(parsed)), stopping).ConfigureAwait(false);
        output = output.Filled(connection, request, _search.Name(parsed));
        if (!output.IsStandardOutput)
            host.BeforeEnd(() => EmptyExport.Remove(output.ToTarget().Path));
        using var farewell = host.Interrupted.Register(() => messages.Info($"{stopping} Press Ctrl+C again to end at once."));
        var run = await RunAsync(connection, request, output, signals, messages).ConfigureAwait(false);
        Conclude(parsed, messages, run, output);
        return ExitCodeOf(run, _search.RequiresComplete(parsed));
    }

    private TenantOutputs? Tenants(ParseResult parsed, OutputRequest output)
    {
        var tenants = TenantOutputs.Of(_connection.MemberCids(parsed), output, _search.Name(parsed),
            _schedule.IsGiven(parsed) ? cid => _schedule.Read(parsed, output, _search, cid)! : null);
        if (tenants is not null)
            _schedule.EnsureOwnFiles(parsed);
        return tenants;
    }

    private async Task<int> ExportAsync(ParseResult parsed, Messages messages, TenantOutputs tenants, SearchRequest request)
    {
        if (_connection.IsEmbedded(parsed))
            _connection.EnsureEmbedded(parsed);
        var parallel = request is SearchSpec spec ? spec.Parallel : request is FalconRequest { Parallel: var many } ? many : 1;
        var (falcon, secret) = _connection.ConnectForTenants(parsed, host, parallel);
        messages.Hide(secret);
        messages.CleanWith(falcon.Transport.Clean);
        using (falcon)
        {
            return await new TenantsRun(host, messages, tenants).RunAsync(
                cid => FalconTenants.Connect(falcon, cid, request.System, _connection.RepositoryGiven(parsed)), request,
                () => ResumeHint.Of(parsed, tenants.Output with { Template = null }),
                _search.RequiresComplete(parsed)).ConfigureAwait(false);
        }
    }

    private async Task<int> ScheduledAsync(ParseResult parsed, Messages messages, SignalLog signals, ScheduledRun scheduled,
        string stopping)
    {
        using var farewell = host.Interrupted.Register(() => messages.Info($"{stopping} Press Ctrl+C again to end at once."));
        using var progress = new ProgressLine(host, messages, null, ProgressLine.StyleFor(host, messages.Quiet, false));
        var run = await scheduled.RunAsync(signals, progress.Report, host.Interrupted).ConfigureAwait(false);
        new SchedulePrinter(messages).Print(run);
        if (run.Error is { } error && !run.Interrupted)
            messages.Error(ErrorText.Of(error));
        foreach (var export in run.Exports)
            TimestampNote.Say(messages, export.TimestampError, export.ManifestPath);
        return ScheduledRun.ExitCodeOf(run, _search.RequiresComplete(parsed));
    }

    private LogScaleSearchConnection Connect(ParseResult parsed, EmbeddedServer? server, int parallel, Messages messages)
    {
        if (server is not null)
        {
            messages.Info($"Embedded server with generated data ({server.Description}).");
            return _connection.Connect(parsed, host, parallel, server);
        }
        var (connection, token) = _connection.Connect(parsed, host, parallel);
        messages.Hide(token);
        return connection;
    }

    private static void EnsureCan(LogScaleSearchConnection connection, SearchStrategy strategy)
    {
        try
        {
            connection.EnsureCan(strategy);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private async Task<RunSummary> RunAsync(SearchConnection connection, SearchRequest spec, OutputRequest output, SignalLog signals,
        Messages messages)
    {
        using var progress = new ProgressLine(host, messages, spec.MaxEvents,
            ProgressLine.StyleFor(host, messages.Quiet, output.IsStandardOutput));
        return output.IsStandardOutput
            ? await new StreamExport(connection, spec, output, signals, progress.Report).RunAsync(host.Out,
                host.Interrupted).ConfigureAwait(false)
            : await new FileExport(connection, output.ToRequest(spec), signals, progress.Report).RunAsync(
                host.Interrupted).ConfigureAwait(false);
    }

    private void Conclude(ParseResult parsed, Messages messages, RunSummary run, OutputRequest output)
    {
        new SummaryPrinter(messages, host.Time.LocalTimeZone).Print(run);
        if (run.Error is { } error && !run.Interrupted)
            messages.Error(ErrorText.Of(error));
        TimestampNote.Say(messages, run.TimestampError, run.ManifestPath);
        if (run is { IsStopped: true, PartialPath: null })
            messages.Say("No records were saved. Run the command again with a longer --stop-after.");
        if (run.PartialPath is { } kept)
        {
            messages.Info("");
            messages.Say(_connection.IsEmbedded(parsed)
                ? $"{Units.Count(run.Verdict.Received, "record")} saved in '{kept}', but the embedded server has ended, so "
                    + "the export cannot be continued. Use --force to start again."
                : $"{Units.Count(run.Verdict.Received, "record")} saved. Continue with:\n  {ResumeHint.Of(parsed, output)}");
        }
    }

    private static int ExitCodeOf(RunSummary run, bool requiresComplete) => run switch
    {
        { Interrupted: true } => ExitCode.Interrupted,
        { Verdict.State: CompletenessState.Incomplete } => ExitCode.Incomplete,
        { Verdict.State: CompletenessState.Unverified } when requiresComplete => ExitCode.Unverified,
        { TimestampError: OperationCanceledException } => ExitCode.Interrupted,
        { TimestampError: not null } => ExitCode.Failed,
        _ => ExitCode.Complete,
    };
}
