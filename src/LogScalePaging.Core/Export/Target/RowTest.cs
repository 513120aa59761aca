namespace LogScalePaging.Export.Target;

/// <summary>Tests the rows of an export one after the other. A later result can depend on the rows before it.</summary>
/// <param name="row">A record, without its line end.</param>
internal delegate bool RowTest(ReadOnlySpan<byte> row);
