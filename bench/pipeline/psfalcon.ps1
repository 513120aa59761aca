# Get-FalconHost -All -Detailed of PSFalcon into a file, a host a line. Prints the same line of JSON as module.ps1.
param([string] $Module, [string] $BaseUrl, [string] $WarmUpUrl, [string] $ClientId, [string] $ClientSecret, [string] $Output)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# A module imports only once, and one session of it has one server.
function Get-All([string] $Url) {
    Request-FalconToken -ClientId $ClientId -ClientSecret $ClientSecret -CustomUrl $Url
    $count = 0
    Get-FalconHost -All -Detailed | ForEach-Object { $count++; ConvertTo-Json $_ -Compress -Depth 8 } | Set-Content $Output
    $count
}

Import-Module $Module
$null = Get-All $WarmUpUrl
$null = Revoke-FalconToken
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$count = Get-All $BaseUrl
$seconds = $clock.Elapsed.TotalSeconds

$self = [System.Diagnostics.Process]::GetCurrentProcess()
@{ events = $count; seconds = $seconds; cpuSeconds = $self.TotalProcessorTime.TotalSeconds; peakBytes = $self.PeakWorkingSet64; state = 'Unknown' } |
    ConvertTo-Json -Compress
