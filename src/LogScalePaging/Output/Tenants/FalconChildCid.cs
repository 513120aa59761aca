using System.Management.Automation;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Records;

namespace LogScalePaging;

/// <summary>A child tenant of a Falcon account: the output of <c>Get-FalconChildCid</c>.</summary>
public sealed class FalconChildCid
{
    internal FalconChildCid(Record record)
    {
        var json = record.Utf8.Span;
        Cid = MemberCids.Parse(RecordField.Text(json, "child_cid"));
        Name = RecordField.Text(json, "name");
        Status = RecordField.Text(json, "status");
        ParentCid = RecordField.Text(json, "child_of");
        Checksum = RecordField.Text(json, "checksum");
    }

    /// <summary>True for such an object, also for a copy from a job or a file.</summary>
    internal static bool Is(PSObject value) => value.TypeNames.Any(name => name.EndsWith(nameof(FalconChildCid), StringComparison.Ordinal));

    /// <summary>Its CID, in lower case and without checksum. The cmdlets that search take it from the pipeline.</summary>
    public string Cid { get; }

    /// <summary>Its name; null if the server did not send the details.</summary>
    public string? Name { get; }

    /// <summary>Its state in Flight Control, such as <c>active</c>.</summary>
    public string? Status { get; }

    /// <summary>CID of its parent.</summary>
    public string? ParentCid { get; }

    /// <summary>The characters after the CID in the console.</summary>
    public string? Checksum { get; }

    /// <summary>The CID.</summary>
    public override string ToString() => Cid;
}
