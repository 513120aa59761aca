using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>What the tests of the store have in common.</summary>
internal static class Stores
{
    /// <summary>Fails, in words, with an error of this kind.</summary>
    public static ExportException Fails(ExportErrorKind kind, Func<object> action)
    {
        var error = Assert.Throws<ExportException>(action);
        Assert.Equal(kind, error.Kind);
        Assert.NotEmpty(error.Path);
        return error;
    }

    /// <summary>Goes on with an export as it was begun.</summary>
    public static ExportStore Resume(ExportTarget target) => ExportStore.Resume(target, s => s with { Resumes = s.Resumes + 1 });
}
