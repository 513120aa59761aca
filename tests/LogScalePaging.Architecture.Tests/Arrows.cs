namespace LogScalePaging.Architecture.Tests;

/// <summary>
/// The table of allowed arrows: which namespace of the engine may use which. An arrow that is not listed here is forbidden.
/// </summary>
internal static class Arrows
{
    private const string Root = "LogScalePaging";

    // A namespace may use itself, and the namespaces after its arrow.
    private static readonly Dictionary<string, string> s_namespaces = new()
    {
        ["Common"] = "",
        ["Diagnostics"] = "Common",
        ["Json"] = "Common Diagnostics",
        ["Records"] = "Common Diagnostics Json",
        ["Transport"] = "Common Diagnostics Json",
        ["Paging"] = "Common Diagnostics Records",
        ["Search"] = "Common Diagnostics Json Records Transport Paging",
        ["LogScale"] = "Common Diagnostics Json Records Transport Paging Search",
        ["Falcon"] = "Common Diagnostics Json Records Transport Paging Search",
        ["Axiom"] = "Common Diagnostics Json Records Transport Paging Search",
        ["Tanium"] = "Common Diagnostics Json Records Transport Paging Search",
        ["Export"] = "Common Diagnostics Json Records Transport Paging Search",
        ["Tenants"] = "Common Diagnostics Json Records Transport Paging Search Export",
    };

    // The rooms of a namespace in their order: a room may use those before it. The namespace itself is the last one.
    private static readonly Dictionary<string, string> s_rooms = new()
    {
        ["Transport"] = "Secrets Limits Errors Tls Tokens Http",
        ["Records"] = "Identities",
        ["Paging"] = "Positions Verdicts",
        ["Search"] = "Windows Ranges Progress Proof",
        ["LogScale"] = "Events Queries Cql Jobs Counting Streaming Strategies Windows Walks",
        ["Falcon"] = "SignIn Rest.Endpoints Rest.Strategies Rest.Answers Rest.Slices Rest",
        ["Axiom"] = "Apl Answers Strategies Windows",
        ["Tanium"] = "Graph Answers",
        ["Export"] =
            "Errors Files Fields Formats Target Manifest State Parts Output Store Timestamps Verification Reports Runs Slices Schedules",
    };

    /// <summary>True when code in one namespace may use a type of the other.</summary>
    public static bool Allow(string from, string to)
    {
        if (from == to)
            return true;
        var (user, userRoom) = Split(from);
        var (used, usedRoom) = Split(to);
        // Only the root uses all systems (it has their list, and systems made of two others), and no other namespace uses the root.
        if (user.Length == 0)
            return true;
        if (user == used)
            return Place(user, usedRoom) < Place(user, userRoom);
        return s_namespaces.TryGetValue(user, out var allowed)
            && allowed.Split(' ') is var names && (names.Contains(used) || names.Contains($"{used}.{usedRoom}"));
    }

    /// <summary>True when the tables name this namespace.</summary>
    public static bool Know(string name) => Split(name) is var (top, room)
        && (top.Length == 0 || (s_namespaces.ContainsKey(top) && (room.Length == 0 || Rooms(top).Contains(room))));

    private static int Place(string top, string room)
    {
        var place = Array.IndexOf(Rooms(top), room);
        return room.Length == 0
            ? int.MaxValue
            : place < 0 ? throw new ArgumentException($"The tables do not name {top}.{room}.", nameof(room)) : place;
    }

    private static string[] Rooms(string top) => s_rooms.TryGetValue(top, out var rooms) ? rooms.Split(' ') : [];

    private static (string Top, string Room) Split(string name)
    {
        var parts = name.Split('.');
        return parts[0] == Root
            ? (parts.ElementAtOrDefault(1) ?? "", string.Join('.', parts.Skip(2)))
            : throw new ArgumentException($"{name} is not a namespace of the engine.", nameof(name));
    }
}
