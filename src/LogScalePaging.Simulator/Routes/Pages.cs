namespace LogScalePaging.Simulator.Routes;

/// <summary>HTML instead of the expected JSON.</summary>
internal static class Pages
{
    /// <summary>The user interface. It answers every path outside the API, so a wrong base URL returns it.</summary>
    public const string UserInterface = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>LogScale</title></head>
        <body><div id="app">You need to enable JavaScript to run this app.</div></body></html>

        """;

    /// <summary>The page of a proxy whose session has ended.</summary>
    public const string SignIn = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head>
        <body><form method="post" action="/login"><label>User <input name="user"></label><button>Sign in</button></form></body></html>

        """;
}
