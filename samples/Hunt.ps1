<#
.SYNOPSIS
A hunt, step by step: find rare processes, look at the hosts that ran them, and export the evidence.
.DESCRIPTION
Connect first: Connect-LogScale, Connect-Falcon, or Start-LogScaleSimulator | Connect-LogScale. Run the steps one by one at a prompt, or
the whole script. It emits the exports.
#>
param(
    [string] $Start = '1h',
    # A file name is rare if so many processes or fewer have it.
    [int] $RareCount = 20,
    [string] $Folder = '.'
)
$ErrorActionPreference = 'Stop'

# 1. The server counts. One row for each file name is a small answer.
$names = Invoke-QueryJob '#event_simpleName=ProcessRollup2 | groupBy(FileName)' -Start $Start
$rare = @($names | Where-Object { [int]$_._count -le $RareCount } | Sort-Object { [int]$_._count })
$rare | Format-Table FileName, _count | Out-Host

# 2. All processes with these names: every event, not the first 200. Values go into the query as arguments, never as text of the query.
$hits = foreach ($name in $rare.FileName) {
    Invoke-QueryJob '#event_simpleName=ProcessRollup2 FileName=?name' -Argument @{ name = $name } -Start $Start
}
$hits | Group-Object ComputerName -NoElement | Sort-Object Count -Descending | Select-Object -First 10 | Out-Host

# 3. What the first of the hosts did in the minutes around the first hit.
$first = $hits | Sort-Object TimeCreated | Select-Object -First 1
if (-not $first) { return }
$around = @{ Start = $first.TimeCreated.AddMinutes(-5).ToString('o'); End = $first.TimeCreated.AddMinutes(5).ToString('o') }
Invoke-QueryJob 'ComputerName=?host' -Argument @{ host = $first.ComputerName } @around |
    Group-Object '#event_simpleName' -NoElement | Sort-Object Count -Descending | Out-Host

# 4. The evidence: a file with a manifest that proves it, or an error.
$path = Join-Path $Folder ('{0}-{1:yyyyMMddTHHmmss}.ndjson' -f $first.ComputerName, $first.TimeCreated)
Invoke-QueryJobExport 'ComputerName=?host' $path -Argument @{ host = $first.ComputerName } @around -RequireComplete
