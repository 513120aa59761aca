namespace LogScalePaging.Simulator.Routes;

/// <summary>HTML that comes where JSON was expected.</summary>
internal static class Pages
{
    /// <summary>The user interface, which answers every path that the API does not know: what a wrong base URL brings.</summary>
    public const string UserInterface = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>LogScale</title></head>
        <body><div id="app">You need to enable JavaScript to run this app.</div></body></html>

        """;

    /// <summary>What a proxy sends whose session has ended.</summary>
    public const string SignIn = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head>
        <body><form method="post" action="/login"><label>User <input name="user"></label><button>Sign in</button></form></body></html>

        """;
}
