<#
.SYNOPSIS
Compares Invoke-QueryJob with a hand-written Invoke-RestMethod loop that does the same walk over the same server.
.DESCRIPTION
Both put every event onto the pipeline as an object. The server runs in a process of its own, so that neither pays for it.
Prints one line a run and the ratio of the medians. The last line is machine-readable: "Pipeline: N.N times".
#>
[CmdletBinding()]
param(
    [string] $ModulePath = "$PSScriptRoot/../out/LogScalePaging/LogScalePaging.psd1",
    [int] $EventCount = 40000,
    [int] $PageSize = 200,
    [int] $LatencyMs = 0,
    [int] $Runs = 3
)
$ErrorActionPreference = 'Stop'
$query = '#event_simpleName=ProcessRollup2'

# What a careful person writes by hand: create, poll, delete, and around the oldest event until nothing new comes.
function Get-EventByHand {
    param([string] $Base, [string] $Repository, [string] $Token, [string] $Query, [int] $PageSize)
    $jobs = "$Base/api/v1/repositories/$Repository/queryjobs"
    $headers = @{ Authorization = "Bearer $Token" }
    $seen = [System.Collections.Generic.HashSet[string]]::new()
    $body = @{ queryString = $Query; start = '1h'; end = 'now'; isLive = $false }
    while ($true) {
        $id = (Invoke-RestMethod $jobs -Method Post -Headers $headers -ContentType 'application/json' -Body ($body | ConvertTo-Json -Depth 5)).id
        while (-not ($answer = Invoke-RestMethod "$jobs/$id" -Headers $headers).done) {
            Start-Sleep -Milliseconds $answer.metaData.pollAfter
        }
        [void](Invoke-RestMethod "$jobs/$id" -Method Delete -Headers $headers)
        $fresh = 0
        foreach ($event in $answer.events) {
            if ($seen.Add($event.'@id')) { $event; $fresh++; $last = $event }
        }
        if ($fresh -eq 0 -or $answer.metaData.extraData.hasMoreEvents -ne 'true') { return }
        $body.start = $answer.metaData.queryStart
        $body.end = $answer.metaData.queryEnd
        $body.around = @{ eventId = $last.'@id'; timestamp = $last.'@timestamp'; numberOfEventsBefore = $PageSize; numberOfEventsAfter = 0 }
    }
}

function Measure-Rate([string] $Name, [scriptblock] $Work) {
    $rates = foreach ($run in 1..$Runs) {
        [GC]::Collect()
        $cpu = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $count = 0
        & $Work | ForEach-Object { $count++ }
        $rate = [int]($count / $watch.Elapsed.TotalSeconds)
        $cpu = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $cpu
        Write-Host ('{0,-20} {1,7:N0} events in {2,7:N0} ms ({3,6:N0} ms of CPU): {4,8:N0} events/s' -f $Name, $count, $watch.ElapsedMilliseconds, $cpu.TotalMilliseconds, $rate)
        $rate
    }
    ($rates | Sort-Object)[[int][Math]::Floor($rates.Count / 2)]
}

Import-Module $ModulePath
$server = Start-Job -ScriptBlock {
    Import-Module $using:ModulePath
    $simulator = Start-LogScaleSimulator -EventCount $using:EventCount -LatencyMs $using:LatencyMs
    $simulator.BaseUrl
    [System.Threading.Thread]::Sleep([System.Threading.Timeout]::Infinite)
}
try {
    while (-not ($base = Receive-Job $server)) { [void](Wait-Job $server -Timeout 1) }
    $token = ConvertTo-SecureString 'simulator-token' -AsPlainText -Force
    [void](Connect-LogScale $base -Repository demo -Token $token)
    [void](Invoke-QueryJob $query -Start 1h -First 1000)
    $ours = Measure-Rate 'Invoke-QueryJob' { Invoke-QueryJob $query -Start 1h -PageSize $PageSize }
    $hand = Measure-Rate 'Invoke-RestMethod' { Get-EventByHand $base demo 'simulator-token' $query $PageSize }
    'Pipeline: {0:0.0} times' -f ($ours / $hand)
}
finally {
    Remove-Job $server -Force
}
