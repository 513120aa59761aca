using System.Diagnostics;
using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class SecretTests
{
    private const string Echo = $"You sent Bearer {Rig.Token}!";

    /// <summary>All forms in which a server can send the token back.</summary>
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

    [Theory]
    [InlineData(3_990)]
    [InlineData(3_999)]
    [InlineData(15_980)]
    [InlineData(15_995)]
    public async Task A_token_across_a_cut_is_hidden_whole(int before)
    {
        using var rig = new Rig(
            new ScriptedServer { Otherwise = Replies.Text(400, new string('x', before) + Rig.Token + new string('y', 20_000)) });
        var failure = await rig.FailAsync();
        foreach (var text in new[] { failure.Message, failure.Body! })
            Assert.DoesNotContain(Rig.Token[..4], text, StringComparison.Ordinal);
        Assert.InRange(failure.Body!.Length, 1, 4_000);
    }

    [Fact]
    public async Task Many_tokens_before_a_cut_do_not_bring_its_end_into_view()
    {
        using var rig = new Rig(
            new ScriptedServer { Otherwise = Replies.Text(400, string.Concat(Enumerable.Repeat(Rig.Token + " ", 5_000))) });
        var failure = await rig.FailAsync();
        Assert.DoesNotContain(Rig.Token[..4], failure.Message + failure.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("json")]
    [InlineData("errors")]
    [InlineData("title")]
    public async Task Text_is_cleaned_after_it_is_decoded(string how)
    {
        var escaped = string.Concat(Rig.Token.Select(c => $"\\u{(int)c:x4}"));
        var entities = string.Concat(Rig.Token.Select(c => $"&#{(int)c};"));
        using var rig = new Rig(new ScriptedServer
        {
            Otherwise = how switch
            {
                "json" => Replies.Answer(403, $"{{\"message\":\"it is {escaped}!\"}}", "Content-Type: application/json"),
                "errors" => Replies.Json($"{{\"errors\":[{{\"code\":403,\"message\":\"it is {escaped}!\"}}]}}"),
                "title" => Replies.Html(403, $"<html><title>it is {entities}!</title></html>"),
                _ => Replies.Text(403, $"it is {Rig.Token}!"),
            },
        });
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, stop) =>
            {
                using var document = await AnswerJson.ParseAsync(answer.Body, stop);
                AnswerErrors.ThrowIfAny(document.RootElement);
                return 0;
            },
            CancellationToken.None));
        Assert.Contains("it is ***!", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Rig.Token, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_of_any_origin_is_cleaned_in_every_view()
    {
        using var rig = new Rig(Replies.Json("{}"), Replies.Json("{}"));
        await rig.GetAsync();
        var log = new LogScalePaging.Diagnostics.SignalLog();
        using var view = rig.Transport.With(log);
        log.Warn(LogScalePaging.Diagnostics.SignalKind.ServerWarning, Echo);
        Assert.Equal("You sent Bearer ***!", Assert.Single(log.Warnings).Message);
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
