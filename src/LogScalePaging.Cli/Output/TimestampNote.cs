using LogScalePaging.Cli.Running;

namespace LogScalePaging.Cli.Output;

/// <summary>Tells the user that an export is in place and its manifest got no timestamp.</summary>
internal static class TimestampNote
{
    /// <param name="messages">Receives it.</param>
    /// <param name="failure">Why there is no timestamp; null if there is one, or none was requested.</param>
    /// <param name="manifest">Path of the manifest; null if there is none.</param>
    public static void Say(Messages messages, Exception? failure, string? manifest)
    {
        if (failure is not null && manifest is not null)
            messages.Error($"The export is in place, but its manifest has no timestamp. {ErrorText.Of(failure)}\nGet it later: "
                + $"{CommandLineApp.Name} timestamp {ResumeHint.Quote(manifest)} --timestamp-server URL");
    }
}
