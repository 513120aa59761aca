using System.Management.Automation;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Rival;

/// <summary>A cmdlet of another module, which uses the same libraries as LogScalePaging in other versions.</summary>
[Cmdlet(VerbsCommon.Get, "RivalReport")]
[OutputType(typeof(PSObject))]
public sealed class GetRivalReportCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(RivalReport.Create());
}

/// <summary>Uses both libraries, and says which files of them were loaded.</summary>
public static class RivalReport
{
    /// <summary>Retries an operation once, and writes and reads JSON.</summary>
    public static PSObject Create()
    {
        var tries = 0;
        var pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.Zero,
                ShouldHandle = new PredicateBuilder().Handle<IOException>()
            })
            .Build();
        pipeline.Execute(() => _ = ++tries < 2 ? throw new IOException("once") : tries);
        var json = JsonSerializer.Serialize(new { Tries = tries });
        var report = new PSObject();
        report.Properties.Add(new PSNoteProperty("Tries", JsonDocument.Parse(json).RootElement.GetProperty("Tries").GetInt32()));
        report.Properties.Add(new PSNoteProperty("Polly", typeof(ResiliencePipeline).Assembly.Location));
        report.Properties.Add(new PSNoteProperty("Json", typeof(JsonSerializer).Assembly.Location));
        report.Properties.Add(new PSNoteProperty("JsonVersion", typeof(JsonSerializer).Assembly.GetName().Version!.Major));
        return report;
    }
}
