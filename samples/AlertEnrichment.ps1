<#
.SYNOPSIS
Adds to each alert of Falcon what its host did around that time.
.DESCRIPTION
The alerts come from Falcon's REST API, the events from NG-SIEM or LogScale. With one connection of Connect-Falcon, give it as both.
Emits one object for each alert. State is the verdict of the search for its events, so that an alert without events is not mistaken for
a search that failed.
#>
param(
    [Parameter(Mandatory)] $AlertConnection,
    [Parameter(Mandatory)] $EventConnection,
    [string] $Filter = "status:'open'",
    [int] $First = 20,
    [timespan] $Within = '00:05:00',
    # The field of the events that has the name of the host.
    [string] $HostField = 'ComputerName'
)
$ErrorActionPreference = 'Stop'

$alerts = Invoke-FalconQuery /alerts/combined/alerts/v1 -Filter $Filter -First $First -Connection $AlertConnection -WarningAction SilentlyContinue
foreach ($alert in $alerts) {
    $time = [datetimeoffset]$alert.created_timestamp
    $range = @{ Start = $time.Subtract($Within).ToString('o'); End = $time.Add($Within).ToString('o') }
    # The name comes from an alert, so it is an argument and not a part of the query.
    $events = @(Invoke-QueryJob "$HostField=?host" -Argument @{ host = $alert.hostname } @range -Connection $EventConnection -SummaryVariable summary)
    [pscustomobject]@{
        Alert     = $alert.composite_id
        Host      = $alert.hostname
        Time      = $time.UtcDateTime
        State     = $summary.State
        Events    = $events.Count
        Kinds     = ($events | Group-Object '#event_simpleName' -NoElement | Sort-Object Count -Descending | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', '
        Processes = @($events | Where-Object '#event_simpleName' -EQ ProcessRollup2 | ForEach-Object CommandLine | Sort-Object -Unique)
    }
}
