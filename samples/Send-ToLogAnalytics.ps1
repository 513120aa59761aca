<#
.SYNOPSIS
Sends an export to a custom table of Log Analytics with the Logs Ingestion API, and counts the rows that were accepted.
.DESCRIPTION
The API accepts at most 1 MB in one request. Rows are sent in batches below that size. A request that is refused for a while (429 or 5xx) is
sent again. A batch whose answer was lost is sent again too, so the table can then have its rows twice: @id tells them apart.
The table needs the columns TimeGenerated (datetime) and RawData (dynamic). Needs an access token for https://monitor.azure.com:

  $token = (Get-AzAccessToken -ResourceUrl https://monitor.azure.com -AsSecureString).Token
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    # The address of the data collection endpoint.
    [Parameter(Mandatory)] [uri] $Endpoint,
    # The immutable id of the data collection rule, dcr-…
    [Parameter(Mandatory)] [string] $RuleId,
    # The name of the stream, Custom-…
    [Parameter(Mandatory)] [string] $Stream,
    [Parameter(Mandatory)] [securestring] $Token,
    [int] $MaxBatchBytes = 900KB,
    [int] $MaxRetryCount = 5
)
$ErrorActionPreference = 'Stop'
$uri = "$("$Endpoint".TrimEnd('/'))/dataCollectionRules/$RuleId/streams/$($Stream)?api-version=2023-01-01"
$headers = @{ Authorization = "Bearer $([System.Net.NetworkCredential]::new('', $Token).Password)" }
$state = @{ Accepted = 0; Batches = 0; Retries = 0 }

function Send-Batch([System.Collections.Generic.List[string]] $Rows) {
    $body = [System.Text.Encoding]::UTF8.GetBytes('[' + ($Rows -join ',') + ']')
    for ($try = 1; ; $try++) {
        try {
            $answer = Invoke-WebRequest $uri -Method Post -Body $body -ContentType 'application/json; charset=utf-8' -Headers $headers -UseBasicParsing
            # 204 accepts all rows of the request.
            if ($answer.StatusCode -ne 204) { throw "The API answered with status $($answer.StatusCode)." }
            break
        }
        catch {
            $response = $_.Exception.Response
            $status = if ($response) { [int]$response.StatusCode }
            # Without a status, the connection broke.
            $passes = ($_.Exception -is [System.Net.WebException] -or $_.Exception.GetType().FullName -like 'System.Net.Http.*' -or $response) -and
                (-not $status -or $status -eq 429 -or $status -ge 500)
            if (-not $passes -or $try -gt $MaxRetryCount) { throw }
            $state.Retries++
            $wait = if ($status -eq 429 -and $response.Headers.RetryAfter.Delta) { $response.Headers.RetryAfter.Delta.TotalSeconds } else { [math]::Pow(2, $try) }
            Start-Sleep -Seconds $wait
        }
    }
    $state.Accepted += $Rows.Count
    $state.Batches++
}

$batch = [System.Collections.Generic.List[string]]::new()
$size = 2
$count = 0
if (-not (Test-PagedExport -LiteralPath $Path -Quiet)) { throw "$Path does not agree with its manifest." }
Import-PagedExport -LiteralPath $Path -ErrorAction Stop | ForEach-Object {
    $count++
    $row = [ordered]@{ TimeGenerated = $_.TimeCreated.UtcDateTime.ToString('o'); RawData = $_ } | ConvertTo-Json -Depth 20 -Compress
    $bytes = [System.Text.Encoding]::UTF8.GetByteCount($row) + 1
    if ($bytes + 2 -gt $MaxBatchBytes) { throw "The event $($_.'@id') has $bytes bytes, more than a request may have." }
    if ($size + $bytes -gt $MaxBatchBytes) {
        Send-Batch $batch
        $batch.Clear()
        $size = 2
    }
    $batch.Add($row)
    $size += $bytes
}
if ($batch.Count) { Send-Batch $batch }

$expected = (Get-Content -LiteralPath "$Path.manifest.json" -Raw | ConvertFrom-Json).counts.written
if ($state.Accepted -ne $expected) { throw "$($state.Accepted) rows were accepted, the export has $expected events." }
[pscustomobject]@{ Path = $Path; Accepted = $state.Accepted; Batches = $state.Batches; Retries = $state.Retries }
