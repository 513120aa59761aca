using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Tanium;

namespace LogScalePaging.EndToEnd.Tests.Tanium;

/// <summary>A simulated API Gateway, a connection to it, and walks over it.</summary>
internal sealed class TaniumBench : IDisposable
{
    public const string Secret = "token-5ecret&/+=Value9";

    private readonly List<PagingSignal> _told = [];

    /// <param name="records">Records of each collection.</param>
    /// <param name="configure">More settings of the server.</param>
    /// <param name="time">The clock of both; null for one whose waits take no time.</param>
    /// <param name="retries">How often a request is repeated.</param>
    public TaniumBench(int records, Action<TaniumSimulatorOptions>? configure = null, TimeProvider? time = null, int retries = 6)
    {
        var options = new TaniumSimulatorOptions { Records = records, Token = Secret, TimeProvider = time ?? new FastTimeProvider(20) };
        configure?.Invoke(options);
        Server = TaniumSimulator.Create(options);
        Connection = new TaniumSettings { BaseUrl = Server.BaseUrl.AbsoluteUri, Token = ConnectionSettings.Secret(Secret) }
            .Connect(_ => null, o => o with { Time = options.TimeProvider, MaxRetryCount = retries, Timeout = TimeSpan.FromHours(1) });
        Signals.Emitted += signal =>
        {
            lock (_told)
                _told.Add(signal);
        };
    }

    public TaniumSimulator Server { get; }

    public TaniumSimulatorOptions Options => Server.Options;

    public TaniumSearchConnection Connection { get; }

    public SignalLog Signals { get; } = new();

    /// <summary>Every signal, in order: a copy.</summary>
    public IReadOnlyList<PagingSignal> Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    /// <summary>The requests for pages; those for the total alone are left out.</summary>
    public IReadOnlyList<RequestRecord> Pages => [.. Server.Requests.Where(r => IsPage(r.Request))];

    /// <summary>A walk over a field, 20 records a page.</summary>
    public static TaniumRequest Request(string field = "endpoints", int pageSize = 20, bool backward = false) => new()
    {
        Field = field,
        Properties = ["name", "os{name platform}"],
        PageSize = pageSize,
        Backward = backward,
    };

    /// <summary>A walk with a query, 20 records a page.</summary>
    public static TaniumRequest Query(string? fields = "totalRecords", bool backward = false) => new()
    {
        Query = backward
            ? $"query Q($n: Int, $c: Cursor) {{ endpoints(last: $n, before: $c) {{ edges {{ node {{ id name }} }} pageInfo {{ "
                + $"hasPreviousPage startCursor }} {fields} }} }}"
            : $"query Q($n: Int, $c: Cursor) {{ endpoints(first: $n, after: $c) {{ edges {{ node {{ id name }} }} pageInfo {{ hasNextPage "
                + $"endCursor }} {fields} }} }}",
        PageSize = 20,
        Backward = backward,
    };

    public static bool IsPage(RequestInfo request) => !request.Body.Contains("(first: 1)", StringComparison.Ordinal)
        && !request.Body.Contains("(last: 1)", StringComparison.Ordinal) && !request.Body.Contains("\"n\":1,", StringComparison.Ordinal);

    /// <summary>Walks to the end.</summary>
    public async Task<(List<string> Records, List<string> Ids, Completeness Verdict)> WalkAsync(TaniumRequest? request = null,
        Action<int>? afterPage = null)
    {
        await using var search = Connection.Open(request ?? Request(), Signals);
        var (records, ids) = (new List<string>(), new List<string>());
        await foreach (var page in search.PagesAsync(null, default))
        {
            records.AddRange(page.Items.Select(r => r.ToString()));
            ids.AddRange(page.Items.Select(r => r.Id ?? ""));
            // The count runs beside the first page, and its request must not see another time.
            while (afterPage is not null && search.ExpectedBefore is null)
                await Task.Yield();
            afterPage?.Invoke(ids.Count);
        }
        return (records, ids, await search.JudgeAsync(default));
    }

    /// <summary>Each record from 1 on is there once, and the result is proved.</summary>
    public static void AssertComplete(int records, List<string> ids, Completeness verdict)
    {
        Assert.Equal(Enumerable.Range(1, records).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Order(),
            ids.Order());
        Assert.True(verdict.State == CompletenessState.Complete, $"{verdict.State}: {verdict.Reason}");
    }

    public void Dispose()
    {
        Connection.Dispose();
        Server.Dispose();
    }
}
