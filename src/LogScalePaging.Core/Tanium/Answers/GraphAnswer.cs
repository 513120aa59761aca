using System.Globalization;
using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Paging;
using LogScalePaging.Tanium.Graph;

namespace LogScalePaging.Tanium.Answers;

/// <summary>One answer: the records of its connection where they stand, and what is said of them.</summary>
internal sealed class GraphAnswer
{
    // A query may have its connection within another object.
    private const int MostDepth = 6;

    /// <summary>The nodes as they stand in the answer; null when the answer has no connection.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Nodes { get; private set; }

    /// <summary>Edges without a node.</summary>
    public int Empty { get; private set; }

    /// <summary>Whether a page follows in each direction; null where the answer does not say.</summary>
    public (bool? Next, bool? Previous) More { get; private set; }

    /// <summary>The cursors of the page; null or empty where the answer has none.</summary>
    public (string? Start, string? End) Cursors { get; private set; }

    /// <summary>The total; null when there is none.</summary>
    public long? Total { get; private set; }

    /// <summary>What is said about the collection; null for nothing.</summary>
    public CollectionState? Collection { get; private set; }

    /// <summary>The errors; null for none.</summary>
    public GraphErrors? Errors { get; private set; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is not an answer of GraphQL.</exception>
    /// <exception cref="PagingException">It has more than one connection.</exception>
    public static GraphAnswer Parse(byte[] json)
    {
        var body = json.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json.AsMemory(3) : json.AsMemory();
        var answer = new GraphAnswer();
        var hasData = false;
        var members = new JsonMembers(body.Span);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("errors"u8))
            {
                answer.Errors = GraphErrors.Read(members.Value);
            }
            else if (members.Name.SequenceEqual("data"u8))
            {
                hasData = true;
                answer.Find(body.Slice(members.Start, members.Value.Length), 0);
            }
        }
        return hasData || answer.Errors is not null
            ? answer
            : throw new JsonException("It has neither data nor errors, so it is not an answer of GraphQL.");
    }

    private void Find(ReadOnlyMemory<byte> value, int depth)
    {
        if (value.Span[0] != (byte)'{' || depth > MostDepth)
            return;
        ReadOnlyMemory<byte> edges = default, page = default, total = default, collection = default;
        var members = new JsonMembers(value.Span);
        while (members.MoveNext())
        {
            var member = value.Slice(members.Start, members.Value.Length);
            switch (Utf8Text.Get(members.Name))
            {
                case "edges":
                    edges = member;
                    break;
                case "pageInfo":
                    page = member;
                    break;
                case FieldSource.Total or FieldSource.Count:
                    total = member;
                    break;
                case "collectionInfo":
                    collection = member;
                    break;
                default:
                    Find(member, depth + 1);
                    break;
            }
        }
        if (edges.IsEmpty || page.IsEmpty || edges.Span[0] != (byte)'[' || page.Span[0] != (byte)'{')
            return;
        if (Nodes is not null)
            throw new PagingException(PagingErrorKind.FieldsMissing,
                "The answer has more than one connection. Ask for one field in a query.");
        Nodes = ReadNodes(edges);
        ReadPage(page);
        Total = total.IsEmpty ? null : Number(Document(total));
        Collection = collection.IsEmpty ? null : ReadCollection(Document(collection));
    }

    private List<ReadOnlyMemory<byte>> ReadNodes(ReadOnlyMemory<byte> edges)
    {
        var nodes = new List<ReadOnlyMemory<byte>>();
        var items = new JsonItems(edges.Span);
        while (items.MoveNext())
        {
            var edge = edges.Slice(items.Start, items.Value.Length);
            var node = edge.Span[0] == (byte)'{' ? NodeOf(edge) : default;
            if (node.IsEmpty || node.Span[0] != (byte)'{')
                Empty++;
            else
                nodes.Add(node);
        }
        return nodes;
    }

    private static ReadOnlyMemory<byte> NodeOf(ReadOnlyMemory<byte> edge)
    {
        var members = new JsonMembers(edge.Span);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("node"u8))
                return edge.Slice(members.Start, members.Value.Length);
        }
        return default;
    }

    private void ReadPage(ReadOnlyMemory<byte> page)
    {
        var info = Document(page);
        More = (Flag(info, "hasNextPage"), Flag(info, "hasPreviousPage"));
        Cursors = (AnswerJson.Text(info, "startCursor"), AnswerJson.Text(info, "endCursor"));
    }

    private static CollectionState ReadCollection(JsonElement info) => new(
        Number(AnswerJson.Member(info, "expectedTotal")),
        Number(AnswerJson.Member(info, "respondedTotal")),
        Flag(info, "success") != false,
        AnswerJson.Text(info, "startCursor"));

    private static JsonElement Document(ReadOnlyMemory<byte> json)
    {
        using var document = AnswerJson.Parse(json.Span);
        return document.RootElement.Clone();
    }

    private static bool? Flag(JsonElement parent, string name) => AnswerJson.Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    private static long? Number(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) && whole >= 0 => whole,
        // Some servers write 64 bits as text.
        { ValueKind: JsonValueKind.String } text when long.TryParse(AnswerJson.Text(text), NumberStyles.None, CultureInfo.InvariantCulture,
            out var whole) => whole,
        _ => null,
    };
}
