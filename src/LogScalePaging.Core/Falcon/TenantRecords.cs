using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Json;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Falcon;

/// <summary>
/// Checks that records belong to a tenant. The gateway decides by the token alone whose data it sends, so fields of the records are the
/// only evidence that a token for another tenant leaves. NG-SIEM adds the tag <c>#repo.cid</c> to events. Falcon's own events, hosts,
/// alerts and vulnerabilities have the field <c>cid</c>.
/// </summary>
internal static class TenantRecords
{
    private static ReadOnlySpan<byte> Field => "cid"u8;

    private static ReadOnlySpan<byte> Tag => "#repo.cid"u8;

    /// <summary>
    /// Checks a record. A record without these fields, or with something else than a CID in them, says nothing and is accepted.
    /// </summary>
    /// <exception cref="PagingException">It belongs to another tenant.</exception>
    public static void Ensure(in Record record, string tenant)
    {
        // Both names contain these bytes. Records of other kinds do not have them at all.
        if (record.Utf8.Span.IndexOf(Field) >= 0 && Named(record.Utf8.Span) is { } named && named != tenant)
        {
            throw new PagingException(PagingErrorKind.OtherTenant,
                $"The answer for the tenant {tenant} has a record of the tenant {named}. The "
                + "answer was not used. Check the sign-in of this tenant, and any proxy in between.");
        }
    }

    // The server sets the tag. The field can come from the log of another vendor.
    private static string? Named(ReadOnlySpan<byte> record)
    {
        string? named = null;
        var fields = new EventFields(record);
        while (fields.MoveNext())
        {
            var isTag = fields.Name.SequenceEqual(Tag);
            if ((isTag || fields.Name.SequenceEqual(Field)) && Cid(fields.Value) is { } cid)
            {
                if (isTag)
                    return cid;
                named = cid;
            }
        }
        return named;
    }

    private static string? Cid(ReadOnlySpan<byte> value) =>
        value[0] == (byte)'"' ? MemberCids.Recognise(Record.Decode(value.Slice(1, value.Length - 2))) : null;
}
