using System.Globalization;
using System.Text;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;
using LogScalePaging.Axiom.Strategies;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Axiom;

/// <summary>A dataset in memory that answers queries as the server may, for walks without HTTP.</summary>
internal sealed class AxiomTable : IPageSource<AxiomQuery, AxiomAnswer>
{
    public const long Second = 1_000_000_000;
    public const long Epoch = 1_777_622_400 * Second;

    private readonly List<(long Time, string Json, int Id)> _rows;

    /// <param name="times">Nanoseconds after the start of the range, one for each row.</param>
    public AxiomTable(IEnumerable<long> times) => _rows = [.. times.Select((t, i) => (Epoch + t, Json(t, i), i))];

    public bool EndInclusive { get; set; }

    /// <summary>Nanoseconds to which the server cuts the ends of a range.</summary>
    public long Resolution { get; set; } = 1;

    /// <summary>Maximum number of rows that the server returns for any request.</summary>
    public int Most { get; set; } = AxiomQuery.MostRows;

    /// <summary>True if rows with the same time have another order in each answer.</summary>
    public bool Shuffles { get; set; }

    public List<AxiomQuery> Queries { get; } = [];

    public Task<AxiomAnswer> FetchAsync(AxiomQuery request, CancellationToken cancellationToken)
    {
        Queries.Add(request);
        var (start, end) = (request.Start / Resolution * Resolution, request.End / Resolution * Resolution);
        var isAscending = request.Apl.Contains("sort by _time asc");
        var found = _rows.Where(r => r.Time >= start && (r.Time < end || (EndInclusive && r.Time == end)));
        int Place(int id) => Shuffles ? unchecked((id * 7919) ^ (Queries.Count * 104_729)) : id;
        found = isAscending
            ? found.OrderBy(r => r.Time).ThenBy(r => Place(r.Id))
            : found.OrderByDescending(r => r.Time).ThenBy(r => Place(r.Id));
        // The cursor orders rows by time and id. In the answer, rows of one time may come in any order.
        if (request.Cursor is { } cursor)
        {
            var at = _rows.Single(r => Cursor(r.Id) == cursor);
            found = found.Where(r => isAscending
                ? (r.Time, r.Id).CompareTo((at.Time, at.Id)) > 0
                : (r.Time, -r.Id).CompareTo((at.Time, -at.Id)) < 0);
        }
        var limit = int.Parse(request.Apl.Substring(request.Apl.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
        var hasCursor = request.Apl.Contains("cursor_current()");
        var parser = new RecordParser(
            hasCursor ? AxiomFields.ByCursor(RecordOrder.NewestFirst) : AxiomFields.ByTime(RecordOrder.NewestFirst));
        var rows = found.Take(Math.Min(limit, Most)).Select(r => hasCursor ? r.Json.Insert(1, $"\"_rowId\":\"{Cursor(r.Id)}\",") : r.Json);
        return Task.FromResult(new AxiomAnswer([.. rows.Select(json => parser.Parse(Encoding.UTF8.GetBytes(json)))]));
    }

    public static AxiomWalk Walk(int pageSize, bool oldestFirst = false) =>
        new(AplQuery.Parse("['t']"), new AxiomRange(Epoch, Epoch + (1_000 * Second)), pageSize) { OldestFirst = oldestFirst };

    /// <summary>The rows that a walk passes on, as numbers.</summary>
    public async Task<List<int>> WalkAsync(IPageStrategy<AxiomQuery, AxiomAnswer, Record> strategy, Checkpoint? from = null)
    {
        var pager = new Pager<AxiomQuery, AxiomAnswer, Record>(strategy, this, new PagerOptions
        {
            Identity = new WalkIdentity("Axiom", "http://x", "t", "['t']"),
            Signals = new SignalLog(),
            Expected = Task.FromResult<long?>(_rows.Count),
        });
        var numbers = new List<int>();
        await foreach (var page in pager.PagesAsync(from))
            numbers.AddRange(page.Items.Select(Number));
        return numbers;
    }

    public static int Number(Record row)
    {
        var json = row.ToString();
        return int.Parse(json.Substring(json.LastIndexOf(':') + 1).TrimEnd('}'), CultureInfo.InvariantCulture);
    }

    private static string Cursor(int id) => id.ToString("x8", CultureInfo.InvariantCulture);

    private static string Json(long time, int id) => $"{{\"_time\":\"{RecordTime.Utc(Epoch + time, TimeUnit.Nanoseconds)}\",\"n\":{id}}}";
}
