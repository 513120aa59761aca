using LogScalePaging.Export.State;

namespace LogScalePaging;

/// <summary>The folders of exports that can be resumed, <c>OUTPUT.partial</c>.</summary>
public sealed class PartialPathCompleter : PathCompleter
{
    private protected override bool Fits(string path, bool isFolder) => isFolder && PartialFolder.OutputOf(path) is not null;
}
