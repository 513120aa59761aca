using System.Diagnostics;
using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class SecretTests
{
    private const string Echo = $"You sent Bearer {Rig.Token}!";

    /// <summary>Everything a server can say the token back with.</summary>
    public static TheoryData<string> Echoes =>
        ["400", "401", "403", "404", "429", "500", "503", "599", "page", "json", "cut", "reset", "redirect", "trace"];

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task The_token_is_in_no_signal_exception_or_activity(string how)
    {
        var told = new StringBuilder();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (told)
                    told.Append(activity.DisplayName).AppendJoin(' ', activity.TagObjects).Append(activity.StatusDescription).AppendLine();
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var rig = new Rig(new ScriptedServer { Otherwise = Say(how) }, o => o with { MaxRetryCount = 1 });
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, stop) => await System.Text.Json.JsonDocument.ParseAsync(answer.Body, default, stop),
            CancellationToken.None));
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            told.AppendLine(e.ToString());
            foreach (var property in e.GetType().GetProperties())
                told.Append(property.Name).Append('=').Append(property.GetValue(e)).AppendLine();
        }
        foreach (var signal in rig.Signals)
            told.AppendLine(signal.ToString());
        told.Append(rig.Transport.Options).Append(rig.Transport.Host).Append(rig.Transport);
        Assert.NotEmpty(rig.Signals);
        string text;
        lock (told)
            text = told.ToString();
        Assert.DoesNotContain(Rig.Token, text, StringComparison.Ordinal);
    }

    private static Reply Say(string how) => how switch
    {
        "page" => Replies.Html(200, $"<title>{Echo}</title>"),
        "json" => Replies.Json($"{{\"a\": {Rig.Token}"),
        "cut" => Replies.CutAt(3, Echo),
        "reset" => Replies.Reset(),
        "redirect" => Replies.Status(302, $"Location: http://{Rig.Token}@{Rig.Token}.example.org/{Rig.Token}"),
        "trace" => Replies.Text(500, Echo, $"X-Cs-TraceId: {Rig.Token}"),
        _ => Replies.Text(int.Parse(how, System.Globalization.CultureInfo.InvariantCulture), Echo),
    };
}
