using System.Reflection;

namespace LogScalePaging.Diagnostics;

/// <summary>Name and version of this tool, as manifests and the User-Agent header state them.</summary>
public static class ToolInfo
{
    /// <summary>Name.</summary>
    public const string Name = "LogScalePaging";

    /// <summary>Version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(ToolInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "0.0.0";

    /// <summary>Name and version, such as <c>LogScalePaging/0.1.0</c>.</summary>
    public static string NameAndVersion { get; } = $"{Name}/{Version}";
}
