namespace LogScalePaging.Falcon.SignIn;

/// <summary>A Falcon cloud: its name and the address of its API.</summary>
/// <param name="Name">Name, such as <c>us-1</c>.</param>
/// <param name="Url">Address of the API, with a slash at its end.</param>
public sealed record FalconCloud(string Name, Uri Url)
{
    /// <summary>
    /// The known clouds. The address of us-3 is assumed from the pattern of the others, because no public source states it. An account
    /// there can always be reached by its base URL.
    /// </summary>
    public static IReadOnlyList<FalconCloud> All { get; } =
    [
        new("us-1", new Uri("https://api.crowdstrike.com/")),
        new("us-2", new Uri("https://api.us-2.crowdstrike.com/")),
        new("us-3", new Uri("https://api.us-3.crowdstrike.com/")),
        new("eu-1", new Uri("https://api.eu-1.crowdstrike.com/")),
        new("us-gov-1", new Uri("https://api.laggar.gcw.crowdstrike.com/")),
        new("us-gov-2", new Uri("https://api.us-gov-2.crowdstrike.mil/")),
    ];

    /// <summary>The cloud with this name, in any spelling (<c>US-1</c>, <c>us1</c>, <c>usgov1</c>); null if there is none.</summary>
    public static FalconCloud? Find(string name, IReadOnlyList<FalconCloud>? among = null)
    {
        var wanted = Plain(name);
        return (among ?? All).FirstOrDefault(cloud => Plain(cloud.Name) == wanted);
    }

    private static string Plain(string name) => name.Trim().Replace("-", "").Replace("_", "").ToUpperInvariant();
}
