using LogScalePaging.LogScale.Cql;

namespace LogScalePaging.Core.Tests.LogScale.Cql;

/// <summary>Queries as analysts write them, by the function that decides.</summary>
public sealed class RealQueriesTests
{
    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("#event_simpleName=ProcessRollup2")]
    [InlineData("#event_simpleName=ProcessRollup2 ImageFileName=/\\\\(powershell|pwsh)\\.exe$/i")]
    [InlineData("#event_simpleName=ProcessRollup2 event_platform=Win (ImageFileName=*\\\\cmd.exe OR ImageFileName=*\\\\powershell.exe)")]
    [InlineData("#event_simpleName=/^(ProcessRollup2|SyntheticProcessRollup2)$/F | CommandLine=/-e(nc|ncodedcommand)?\\s+[A-Za-z0-9+\\/=]{20,}/i")]
    [InlineData("#event_simpleName=DnsRequest | DomainName=/(^|\\.)(pastebin|ngrok)\\.(com|io)$/i | select([@timestamp, @id, aid, DomainName])")]
    [InlineData("#event_simpleName=UserLogon | in(LogonType, values=[2, 10]) | UserName!=/\\$$/")]
    [InlineData("in(field=\"#event_simpleName\", values=[\"FileOpenInfo\", \"NewScriptWritten\"]) | FileName=~wildcard(pattern=\"*.ps1\", ignoreCase=true)")]
    [InlineData("// hunts for | head( in comments\n#event_simpleName=ProcessRollup2 // https://attack.mitre.org/techniques/T1059/\n| CommandLine=\"*| head(*\"")]
    [InlineData("/* step one\n | tail(10)\n*/ event_platform=Lin | FilePath=/^\\/(tmp|var\\/tmp|dev\\/shm)\\//")]
    [InlineData("#event_simpleName=NetworkConnectIP4 | !cidr(RemoteAddressIP4, subnet=[\"10.0.0.0/8\", \"172.16.0.0/12\", \"192.168.0.0/16\"])")]
    [InlineData("#event_simpleName=NetworkConnectIP4 | RemoteAddressIP4=~!cidr(subnet=\"10.0.0.0/8\")")]
    [InlineData("#event_simpleName=NetworkConnectIP4 | ipLocation(RemoteAddressIP4) | RemoteAddressIP4.country=?country")]
    [InlineData("#event_simpleName=NetworkConnectIP4 | asn(RemoteAddressIP4) | NOT RemoteAddressIP4.org=/(google|microsoft)/i")]
    [InlineData("ioc:lookup(field=[RemoteAddressIP4], type=\"ip_address\", confidenceThreshold=\"high\", strict=true)")]
    [InlineData("#type=accesslog | statuscode >= 500 | path := lower(url) | format(\"%s %s\", field=[method, path], as=what)")]
    [InlineData("case { LogonType=2 | kind := \"interactive\" ; LogonType=10 | kind := \"remote\" ; * | kind := \"other\" ; }")]
    [InlineData("case {\n  event_platform=Win | path := splitString(ImageFileName, by=\"\\\\\\\\\", index=-1);\n  event_platform=/Mac|Lin/ | path := splitString(ImageFileName, by=\"/\", index=-1);\n  *;\n}")]
    [InlineData("Status match { 200 => severity := \"ok\" ; /^5\\d\\d$/ => severity := \"error\" ; in(values=[401, 403]) => severity := \"denied\" ; * => severity := \"?\" }")]
    [InlineData("match(file=\"assets.csv\", field=aid, column=AgentID, include=[Owner, Site], strict=false)")]
    [InlineData("aid=~match(file=\"fdr_aidmaster.csv\", column=aid) | ComputerName=*")]
    [InlineData("regex(\"(?<ip>\\\\d+\\\\.\\\\d+\\\\.\\\\d+\\\\.\\\\d+)\", field=@rawstring, strict=false)")]
    [InlineData("parseJson(field=payload, prefix=\"p.\") | p.user.name=root")]
    [InlineData("kvParse() | level=error | replace(\"\\\\d+\", with=\"N\", field=message, as=shape)")]
    [InlineData("@timestamp := parseTimestamp(\"yyyy-MM-dd HH:mm:ss\", field=eventTime, timezone=\"UTC\")")]
    [InlineData("hour := time:hour() | test(hour < 6) OR test(hour > 20)")]
    [InlineData("timezone:=\"UTC\" | formatTime(\"%F %T\", field=@timestamp, as=when, timezone=?tz)")]
    [InlineData("ratio := bytesOut / (bytesIn + 1) | test(ratio > 10)")]
    [InlineData("d := duration / 1000 / 60 | d >= 5")]
    [InlineData("eval(mb = bytes / 1024 / 1024) | round(mb)")]
    [InlineData("x := if(a == \"b\", then=lower(c), else=coalesce([d, e, \"n/a\"]))")]
    [InlineData("array:filter(array=\"hosts[]\", var=h, function={h=/^prod-/})")]
    [InlineData("array:exists(\"rules[]\", condition={array:contains(array=\"rules[]\", value=5)})")]
    [InlineData("concatArray(\"ips[]\", separator=\"|\") | array:length(\"ips[]\", as=n) | n > 3")]
    [InlineData("objectArray:eval(\"vendor.roles[]\", asArray=\"names[]\", var=\"r\", function={names := format(\"%s/%s\", field=[r.id, r.name])})")]
    [InlineData("split(events) | events.type=file")]
    [InlineData("user.`e-mail`[0]=*@example.com")]
    [InlineData("\"host-name\"=* and not \"host-name\"=\"db|head(1)\"")]
    [InlineData("ParentBaseFileName=?{parent=\"winword.exe\"} AND FileName=?{child=*} aid=?aid")]
    [InlineData("?{search=\"*\"}")]
    [InlineData("GrandParentBaseFileName=cmd.exe\nAND (ParentBaseFileName=wscript.exe OR ParentBaseFileName=cscript.exe)\nAND NOT CommandLine=*\\\\SYSVOL\\\\*")]
    [InlineData("crypto:md5(field=[a, b], as=key) | hashMatch(\"x\", field=key)")]
    [InlineData("#repo=base_sensor | base64Decode(field=enc, charset=\"UTF-16LE\", as=plain) | plain=/IEX|Invoke-Expression/i")]
    [InlineData("beta:repeating() | a=1")]
    [InlineData("http.url=https://example.com/login?next | unit:convert(bytes, from=bytes, to=mb)")]
    public void Queries_that_handle_each_event_independently_are_cut(string query)
    {
        var traits = CqlQuery.Analyze(query);
        Assert.Null(traits.Problem);
        Assert.True(traits.Cutting.Allowed, traits.Cutting.Reason);
        Assert.Null(traits.NeverCut);
        Assert.Null(traits.OneEvaluation);
    }

    [Theory]
    [InlineData("* | selfJoinFilter(aid, where=[{#event_simpleName=ProcessRollup2}, {#event_simpleName=DnsRequest}])",
        "selfJoinFilter() compares")]
    [InlineData("*|SelfJoinFilter(field=[aid, cid], where=[{a=1}])", "selfJoinFilter() compares")]
    [InlineData("#event_simpleName=ProcessRollup2 | join(query={#event_simpleName=DnsRequest | groupBy(ContextProcessId)}, field=TargetProcessId, key=ContextProcessId, include=[DomainName])", "join() compares")]
    [InlineData("#event_simpleName=UserLogon | UserSid =~ !join({#event_simpleName=UserLogoff}, key=UserSid)", "join() compares")]
    [InlineData("defineTable(query={#event_simpleName=AgentOnline}, include=[aid], name=\"online\") | aid=~match(\"online\")",
        "defineTable() compares")]
    [InlineData("correlate(Write: {#event_simpleName=NewExecutableWritten | rename(aid, as=host)} include: [TargetFileName], Run: {#event_simpleName=ProcessRollup2 | aid <=> Write.host}, within=5m)", "correlate() compares")]
    [InlineData("series(TargetFileName, maxpause=1m)", "series() compares")]
    [InlineData("groupBy(aid, function=session([count(as=n), collect(UserName)], maxpause=15m))", "groupBy() combines")]
    [InlineData("groupBy([a], function=[count(), collect([b])]) | neighbor(b, prefix=prev)", "groupBy() combines")]
    [InlineData("head(1000) | a=1", "head() limits")]
    [InlineData("a=1 | Sort(@timestamp, limit=20000)", "sort() limits")]
    [InlineData("a=1 | table([@timestamp, aid])", "table() limits")]
    [InlineData("a=1 | tail(limit=max)", "tail() limits")]
    [InlineData("a=1 | top(UserName, limit=10)", "top() limits")]
    [InlineData("#event_simpleName=UserLogon\n| timechart(series=UserName, span=1h)", "timeChart() combines")]
    [InlineData("[count(), max(a)]", "stats() combines")]
    [InlineData("a=1 | case { b=2 | [sum(c)] ; * }", "stats() combines")]
    [InlineData("a=1 | case { b=2 | count() ; * }", "count() combines")]
    [InlineData("n := min(@timestamp)", "min() combines")]
    [InlineData("test(@timestamp > (now() - 3600000))", "now() reads the clock")]
    [InlineData("age := (now()-FirstSeen)/86400000 | age > 30", "now() reads the clock")]
    [InlineData("x := 5*now()", "now() reads the clock")]
    [InlineData("test(@timestamp < start() + duration(\"1h\"))", "start() reads the time range")]
    [InlineData("end(as=e) | d := e - @timestamp", "end() reads the time range")]
    [InlineData("sample(percentage=10)", "sample() picks")]
    [InlineData("setTimeInterval(start=\"7d\", end=\"now\") | a=1", "setTimeInterval() sets")]
    [InlineData("createEvents([\"a=1\", \"a=2\"]) | kvParse()", "createEvents() makes rows that do not depend")]
    [InlineData("readFile(\"users.csv\") | a=1", "readFile() makes rows that do not depend")]
    [InlineData("a=1 | $falcon/helper:enrich(field=RemotePort)", "saved query $falcon/helper:enrich")]
    [InlineData("$\"my query\"()", "saved query $\"my query\"")]
    [InlineData("a=1 | $plain", "saved query $plain")]
    [InlineData("a=1 | futureFunction(b)", "futureFunction() is not a known function")]
    [InlineData("a=1 | b(c) | count()", "b() is not a known function")]
    [InlineData("method=GET\nselect([url]) head (5)", "head() limits")]
    [InlineData("ip =~ rdns(as=name)", "rdns() limits")]
    [InlineData("reverseDns(ip) | groupBy(hostname)", "groupBy() combines")]
    [InlineData("array:eval(\"a[]\", asArray=\"b[]\", function={b := now() - a})", "now() reads the clock")]
    [InlineData("values := coalesce([a, lower(getField(start()))])", "start() reads the time range")]
    [InlineData("CommandLine=/[-/]enc/i", "not understood")]
    [InlineData("#event_simpleName=ProcessRollup2 (a=1 OR b=2", "not understood")]
    public void Other_queries_are_not_cut_and_the_function_is_named(string query, string reason)
    {
        var traits = CqlQuery.Analyze(query);
        Assert.False(traits.Cutting.Allowed);
        Assert.Contains(reason, traits.Cutting.Reason, StringComparison.Ordinal);
    }
}
