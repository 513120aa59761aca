<#
.SYNOPSIS
Converts an ndjson export to Parquet with DuckDB, and compares the number of rows with the manifest.
.DESCRIPTION
Needs the program duckdb. Every value stays the text that the server sent: a column is VARCHAR, so no number loses a digit. Cast in your
own queries: SELECT CAST("@timestamp" AS BIGINT) …
.EXAMPLE
./ConvertTo-Parquet.ps1 2026-11-26.ndjson.gz
Writes 2026-11-26.parquet, and emits the file.
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [string] $Destination = ((Resolve-Path -LiteralPath $Path).ProviderPath -replace '\.(ndjson|jsonl)(\.gz)?$') + '.parquet',
    [string] $DuckDb = 'duckdb'
)
$ErrorActionPreference = 'Stop'
$source = (Resolve-Path -LiteralPath $Path).ProviderPath
if (-not (Test-PagedExport -LiteralPath $source -Quiet)) { throw "$source does not agree with its manifest." }

function ConvertTo-Literal([string] $Text) { "'" + $Text.Replace("'", "''") + "'" }

# Columns and their types come from all rows (sample_size = -1): a field can first occur in the last row.
$columns = [System.Collections.Generic.HashSet[string]]::new([System.StringComparer]::Ordinal)
Import-PagedExport -LiteralPath $source | ForEach-Object { $columns.UnionWith([string[]]@($_.psobject.Properties.Name)) }
$names = @($columns | Sort-Object | ForEach-Object { (ConvertTo-Literal $_) + ": 'VARCHAR'" }) -join ', '
$from = "read_json($(ConvertTo-Literal $source), format = 'newline_delimited', columns = {$names})"

Remove-Item -LiteralPath $Destination -ErrorAction Ignore
$sql = "COPY (SELECT * FROM $from) TO $(ConvertTo-Literal $Destination) (FORMAT parquet, COMPRESSION zstd); " +
    "SELECT count(*) FROM read_parquet($(ConvertTo-Literal $Destination));"
$answer = $sql | & $DuckDb -noheader -csv -bail
if ($LASTEXITCODE -ne 0) { throw "duckdb ended with exit code $LASTEXITCODE." }

$expected = (Get-Content -LiteralPath "$source.manifest.json" -Raw | ConvertFrom-Json).counts.written
$rows = @($answer)[-1]
if ("$rows" -ne "$expected") { throw "The Parquet file has $rows rows, the export has $expected events." }
Get-Item -LiteralPath $Destination
