<#
.SYNOPSIS
Copies exports to any storage of rclone, and verifies the copies by their checksums.
.DESCRIPTION
Needs the program rclone and a configured remote. An export that does not agree with its manifest is not copied. The SHA-256 of each
stored file, which rclone downloads for it, is compared with that of the local one. A file that is there already is not replaced, only compared.
Emits one object for each file.
.EXAMPLE
./Copy-ToRemote.ps1 D:\logons\*.ndjson.gz evidence:case-42
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Remote,
    [string] $Rclone = 'rclone'
)
$ErrorActionPreference = 'Stop'

function Invoke-Rclone {
    & $Rclone @args
    if ($LASTEXITCODE -ne 0) { throw "rclone $($args[0]) ended with exit code $LASTEXITCODE." }
}

foreach ($export in Test-PagedExport $Path) {
    if (-not $export.IsValid) { throw "$($export.Path) does not agree with its manifest: $($export.Failed)" }
    # An export in several files has one manifest.
    $manifestPath = ($export.Findings | Where-Object Check -EQ Manifest).Actual
    $manifest = Get-Content -LiteralPath $manifestPath -Raw | ConvertFrom-Json
    $folder = Split-Path $manifestPath
    # The manifest comes last: where it is, the export is complete.
    foreach ($file in @($manifest.files | ForEach-Object { Join-Path $folder $_.path }) + $manifestPath) {
        $target = "$($Remote.TrimEnd('/'))/$(Split-Path $file -Leaf)"
        Invoke-Rclone copyto $file $target --checksum --ignore-existing
        $stored = ("$(Invoke-Rclone hashsum sha256 $target --download)" -split '\s+')[0]
        $local = (Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash
        if ($stored -ne $local) { throw "$target has the SHA-256 $stored, the local file has $local." }
        [pscustomobject]@{ Path = $file; Remote = $target; Sha256 = $local.ToLowerInvariant(); State = $export.State }
    }
}
