using LogScalePaging.Records;

namespace LogScalePaging.Export.Verification;

/// <summary>Receives a row of an export. The row is valid until the call returns.</summary>
public delegate void RowTaker(in Record row);
