using System.Text;
using System.Text.Json;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Tenants;

namespace LogScalePaging.Core.Tests.Tenants;

public class TenantRecordsTests
{
    private const string One = "0123456789abcdef0123456789abcdef";
    private const string Other = "fedcba9876543210fedcba9876543210";

    [Theory]
    [InlineData("{\"a\":1}", false)]
    [InlineData("{\"cid\":\"" + One + "\"}", false)]
    [InlineData("{\"cid\":\"0123456789ABCDEF0123456789ABCDEF-A1\"}", false)]
    [InlineData("{\"cid\":\"" + Other + "\"}", true)]
    [InlineData("{\"x\":2,\"#repo.cid\":\"" + Other + "\"}", true)]
    // The tag of the server decides, and the log of another vendor can have a field cid.
    [InlineData("{\"cid\":\"" + Other + "\",\"#repo.cid\":\"" + One + "\"}", false)]
    [InlineData("{\"cid\":\"" + One + "\",\"#repo.cid\":\"" + Other + "\"}", true)]
    // These are not CIDs.
    [InlineData("{\"cid\":\"acid\"}", false)]
    [InlineData("{\"cid\":7,\"incident\":\"" + Other + "\"}", false)]
    [InlineData("{\"cid\":\"gggggggggggggggggggggggggggggggg\"}", false)]
    [InlineData("{\"text\":\"\\\"cid\\\":\\\"" + Other + "\\\"\"}", false)]
    public void A_record_of_another_tenant_is_refused(string json, bool isRefused)
    {
        var record = new RecordParser(new RecordSchema { IdentityField = "@id", Noun = "event" }).Parse(Encoding.UTF8.GetBytes(json));
        if (!isRefused)
        {
            TenantRecords.Ensure(in record, One);
            return;
        }
        var failure = Assert.Throws<PagingException>(() => TenantRecords.Ensure(in record, One));
        Assert.Equal(PagingErrorKind.OtherTenant, failure.Kind);
        Assert.Contains(Other, failure.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a b")]
    [InlineData("../x")]
    public void A_CID_is_never_empty_and_has_only_letters_and_digits(string? text) =>
        Assert.Throws<ArgumentException>(() => MemberCids.Parse(text));

    [Fact]
    public void CIDs_are_read_once_each_and_in_order()
    {
        Assert.Equal([Other, One], MemberCids.ParseAll([$"{Other}, {One.ToUpperInvariant()}-A1", One]));
        Assert.Throws<ArgumentException>(() => MemberCids.ParseAll([$"{One},,{Other}"]));
        Assert.Throws<ArgumentException>(() => MemberCids.ParseAll([]));
        Assert.Throws<ArgumentException>(() => MemberCids.ParseAll([null]));
    }

    [Theory]
    [InlineData("{}", "opaque", null)]
    [InlineData("{\"member_cid\":\"" + One + "\"}", "opaque", One)]
    [InlineData("{\"cid\":\"" + One + "\"}", "opaque", One)]
    [InlineData("{\"cid\":\"short\"}", "opaque", null)]
    [InlineData("{}", "h.{\"cid\":\"" + Other + "\"}.s", Other)]
    [InlineData("{}", "h.{\"sub\":\"x\"}.s", null)]
    [InlineData("{}", "h.no json.s", null)]
    [InlineData("{}", "a.*.c", null)]
    public void The_tenant_of_a_token_is_found_where_it_is_named(string answer, string token, string? cid)
    {
        using var document = JsonDocument.Parse(answer);
        var parts = token.Split('.');
        var text = parts.Length == 3 && parts[1] != "*"
            ? $"{parts[0]}.{Convert.ToBase64String(Encoding.UTF8.GetBytes(parts[1])).TrimEnd('=')}.{parts[2]}"
            : token;
        Assert.Equal(cid, TokenTenant.Find(document.RootElement, text));
    }

    [Fact]
    public void The_verdict_over_all_is_that_of_the_worst_and_names_the_others()
    {
        var complete = new TenantVerdict("a", CompletenessState.Complete, "the count agrees") { Records = 3 };
        var unverified = new TenantVerdict("b", CompletenessState.Unverified, "no count") { Records = 4 };
        var incomplete = new TenantVerdict("c", CompletenessState.Incomplete, "1 missing") { Records = 5 };
        var failed = new TenantVerdict("d", null, "no token") { Failed = true };
        var broken = new TenantVerdict("e", CompletenessState.Incomplete, "it broke off") { Failed = true, Records = 1 };
        Assert.Equal((CompletenessState.Complete, "the tenant is complete"), Say(complete));
        Assert.Equal((CompletenessState.Unverified, "1 of 2 tenants are complete; 1 unverified: b"), Say(complete, unverified));
        Assert.Equal((CompletenessState.Incomplete, "1 of 3 tenants are complete; 1 incomplete: c; 1 unverified: b"),
            Say(complete, unverified, incomplete));
        Assert.Equal((CompletenessState.Incomplete, "1 of 3 tenants are complete; 2 failed: d, e"), Say(failed, complete, broken));
        var behind = new TenantVerdict("f", CompletenessState.Incomplete, "it was stopped") { IsBehind = true };
        var held = new TenantVerdict("g", CompletenessState.Unverified, "no count") { IsBehind = true };
        var gone = new TenantVerdict("h", null, "no token") { IsBehind = true, Failed = true };
        var late = new TenantVerdict("i", CompletenessState.Complete, "the count agrees") { TooLate = 2 };
        Assert.Equal((CompletenessState.Incomplete, "1 of 3 tenants are complete; 2 behind: f, g"), Say(complete, behind, held));
        Assert.Equal((CompletenessState.Unverified, "0 of 2 tenants are complete; 1 behind: g; 1 unverified: b"), Say(held, unverified));
        Assert.Equal((CompletenessState.Incomplete, "0 of 1 tenants are complete; 1 failed: h"), Say(gone));
        Assert.Equal((CompletenessState.Complete, "all 2 tenants are complete; 1 with events that arrived too late and are in no file: i"),
            Say(complete, late));
        var stopped = new TenantVerdict("j", null, "it was interrupted") { Failed = true, IsInterrupted = true, IsBehind = true };
        var some = new TenantTotals([complete, stopped]) { NotBegun = 2 };
        Assert.Equal((CompletenessState.Incomplete, "1 of 4 tenants are complete; 1 interrupted: j; 2 not begun"),
            (some.State, some.Reason));
        Assert.Equal((2, 2), (new TenantTotals([behind, held, gone]).Behind, new TenantTotals([late, complete]).TooLate));
        Assert.Equal(13, new TenantTotals([complete, unverified, incomplete, failed, broken]).Records);

        static (CompletenessState, string) Say(params TenantVerdict[] verdicts) =>
            new TenantTotals(verdicts) is var totals ? (totals.State, totals.Reason) : default;
    }
}
