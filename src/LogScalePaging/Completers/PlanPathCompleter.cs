using LogScalePaging.Export.Files;
using LogScalePaging.Export.Slices;

namespace LogScalePaging;

/// <summary>Plans of exports.</summary>
public sealed class PlanPathCompleter : PathCompleter
{
    // Opening a named pipe waits for its other end.
    private protected override bool Fits(string path, bool isFolder) =>
        !isFolder && FileKinds.Behind(path) == FileKind.File && PlanFile.MayBePlan(path);
}
