using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// Makes the objects of records while the pipeline processes earlier ones. Making an object takes longer than most pipelines need for it.
/// </summary>
/// <param name="builder">Makes the objects. Nothing else uses it meanwhile.</param>
/// <param name="runspace">
/// The runspace of the pipeline; null for none. PowerShell stores the type table of the current runspace in each new object.
/// </param>
internal sealed class ObjectsAhead(EventBuilder builder, Runspace? runspace)
{
    // A page can have 200,000 records, and an object is ten times as large as its record. With 256 objects, most of them are older than a
    // collection of garbage when the pipeline gets them, and have been copied for it.
    private const int MostAtOnce = 32;

    /// <summary>The pages in parts, with their objects. If a record has no object, the ones before it are passed on first.</summary>
    public async IAsyncEnumerable<PagePart> PartsAsync(
        IAsyncEnumerable<Page<Record>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var from = 0;
            do
            {
                var objects = Make(page.Items, from, Math.Min(MostAtOnce, page.Items.Count - from), out var failure);
                yield return new PagePart(page, from, objects, failure is null && from + objects.Count == page.Items.Count);
                failure?.Throw();
                from += objects.Count;
            }
            while (from < page.Items.Count);
        }
    }

    private List<PSObject> Make(IReadOnlyList<Record> records, int from, int count, out ExceptionDispatchInfo? failure)
    {
        failure = null;
        var made = new List<PSObject>(count);
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = runspace;
        try
        {
            for (var i = from; i < from + count; i++)
            {
                var record = records[i];
                made.Add(builder.Build(in record));
            }
        }
#pragma warning disable CA1031 // thrown on the pipeline thread, after the objects before it
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
        return made;
    }
}
