using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Tenants;

/// <summary>Checks a record before it is passed on or written.</summary>
/// <param name="record">The record.</param>
/// <exception cref="PagingException">The record must not be in the result, and so the whole answer cannot be trusted.</exception>
internal delegate void RecordGuard(in Record record);
