# The same walk as one writes it by hand with Invoke-RestMethod: create, poll at the pace that the server asks for, delete, next.
# No pause between pages, the range pinned, known events dropped. Prints the same line of JSON as module.ps1.
param([string] $BaseUrl, [string] $Repository, [string] $Token, [int] $PageSize)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Get-Page([hashtable] $Body) {
    $job = Invoke-RestMethod $jobs -Method Post -Headers $headers -ContentType application/json -Body (ConvertTo-Json $Body)
    while ($true) {
        $answer = Invoke-RestMethod "$jobs/$($job.id)" -Headers $headers
        if ($answer -is [string]) { throw 'The answer is no JSON that PowerShell can read.' }
        if ($answer.done) { break }
        [System.Threading.Thread]::Sleep($answer.metaData.pollAfter)
    }
    $null = Invoke-RestMethod "$jobs/$($job.id)" -Method Delete -Headers $headers
    $answer
}

function Get-Event {
    $known = [System.Collections.Generic.HashSet[string]]::new()
    $body = @{ queryString = '*'; start = '1d'; end = 'now'; isLive = $false }
    $answer = Get-Page $body
    $more = $answer.metaData.extraData.hasMoreEvents -eq 'true'
    $body.start = $answer.metaData.queryStart
    $body.end = $answer.metaData.queryEnd
    $oldest = $null
    foreach ($logEvent in $answer.events) {
        $null = $known.Add($logEvent.'@id')
        $oldest = $logEvent
        $logEvent
    }
    while ($more) {
        $body.around = @{
            eventId = $oldest.'@id'; timestamp = $oldest.'@timestamp'
            numberOfEventsBefore = $PageSize; numberOfEventsAfter = 0
        }
        $more = $false
        foreach ($logEvent in (Get-Page $body).events) {
            if ($known.Add($logEvent.'@id')) {
                $more = $true
                $oldest = $logEvent
                $logEvent
            }
        }
    }
}

$jobs = "$($BaseUrl.TrimEnd('/'))/api/v1/repositories/$Repository/queryjobs"
$headers = @{ Authorization = "Bearer $Token" }
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$count = (Get-Event | Measure-Object).Count
$seconds = $clock.Elapsed.TotalSeconds

$self = [System.Diagnostics.Process]::GetCurrentProcess()
@{ events = $count; seconds = $seconds; cpuSeconds = $self.TotalProcessorTime.TotalSeconds; peakBytes = $self.PeakWorkingSet64; state = 'Unknown' } |
    ConvertTo-Json -Compress
