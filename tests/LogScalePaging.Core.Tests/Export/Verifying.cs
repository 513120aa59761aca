using System.Text.Json.Nodes;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>What the tests of the verifier have in common.</summary>
internal static class Verifying
{
    /// <summary>Exports so many events to a file of this name.</summary>
    public static ExportTarget Exported(this TempFolder folder, string name, int count = 12)
    {
        var target = folder.Target(name);
        Make.Export(target, Make.Events(count));
        return target;
    }

    public static VerificationResult Verify(string path) => ExportVerifier.Verify(path, null, CancellationToken.None);

    /// <summary>The export is what its manifest says.</summary>
    public static ExportManifest AssertValid(string path)
    {
        var result = Verify(path);
        Assert.True(result.IsValid, string.Join("\n", result.Findings.Where(f => !f.Passed)));
        return result.Manifest!;
    }

    /// <summary>The checks that failed, in the order of their names.</summary>
    public static string[] Failed(VerificationResult result) =>
        [.. result.Findings.Where(f => !f.Passed).Select(f => f.Check).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Changes the manifest of an export.</summary>
    public static void Edit(ExportTarget target, Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(target.ManifestPath))!;
        change(manifest);
        File.WriteAllText(target.ManifestPath, manifest.ToJsonString());
    }
}
