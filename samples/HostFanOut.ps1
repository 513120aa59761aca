<#
.SYNOPSIS
Searches many hosts at once, one query for each host, with one connection and one rate limit. Needs PowerShell 7.
.DESCRIPTION
Emits one row for each host: its state, the number of events, and the error if there was one. A host that fails does not stop the others.
.EXAMPLE
Import-Csv hosts.csv | ForEach-Object hostname | ./HostFanOut.ps1 -Connection (Connect-Falcon -Credential (Get-Credential))
#>
param(
    [Parameter(Mandatory, ValueFromPipeline)] [string[]] $ComputerName,
    [Parameter(Mandatory)] $Connection,
    [string] $Query = '#event_simpleName=ProcessRollup2',
    [string] $Start = '1h',
    # So many searches at once. The connection sends no more requests at once than its own -ThrottleLimit.
    [int] $ThrottleLimit = 8
)
begin { $hosts = [System.Collections.Generic.List[string]]::new() }
process { $hosts.AddRange($ComputerName) }
end {
    # Each runspace needs the module. A module that was imported by its path must be imported by its path there too.
    $module = (Get-Module LogScalePaging).Path
    $hosts | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        Import-Module $using:module
        $row = [ordered]@{ ComputerName = $_; State = $null; Events = 0; Files = $null; Problem = $null }
        try {
            $events = @(Invoke-QueryJob "$using:Query ComputerName=?host" -Argument @{ host = $_ } -Start $using:Start -Connection $using:Connection `
                    -SummaryVariable summary -ErrorAction Stop)
            $row.State = $summary.State
            $row.Events = $events.Count
            $row.Files = @($events.FileName | Sort-Object -Unique)
        }
        catch { $row.State = 'Failed'; $row.Problem = "$_" }
        [pscustomobject]$row
    }
}
