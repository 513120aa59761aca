# Invoke-QueryJob onto the pipeline. Prints one line of JSON: events, seconds, processor time, peak memory.
param([string] $Module, [string] $BaseUrl, [string] $Repository, [string] $Token, [int] $PageSize, [string] $Strategy)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$null = Connect-LogScale $BaseUrl -Repository $Repository -Token (ConvertTo-SecureString $Token -AsPlainText -Force)

$clock = [System.Diagnostics.Stopwatch]::StartNew()
$count = (Invoke-QueryJob '*' -Start 1d -PageSize $PageSize -Strategy $Strategy -SummaryVariable summary | Measure-Object).Count
$seconds = $clock.Elapsed.TotalSeconds

$self = [System.Diagnostics.Process]::GetCurrentProcess()
@{ events = $count; seconds = $seconds; cpuSeconds = $self.TotalProcessorTime.TotalSeconds; peakBytes = $self.PeakWorkingSet64; state = "$($summary.State)" } |
    ConvertTo-Json -Compress
