# The samples that hand an export on run as they are written. duckdb and rclone are the real programs where they are installed, and else
# stand-ins that check how they are called. The Logs Ingestion API is a server in this process.
BeforeDiscovery {
    $withRclone = @(@{ Kind = 'a stand-in' }) + @(if (Get-Command rclone -CommandType Application -ErrorAction Ignore) { @{ Kind = 'the real program' } })
    $withDuckDb = @(@{ Kind = 'a stand-in' }) + @(if (Get-Command duckdb -CommandType Application -ErrorAction Ignore) { @{ Kind = 'the real program' } })
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $samples = (Resolve-Path "$PSScriptRoot/../../samples").Path
    $server = New-TestServer
    $folder = (New-Item -ItemType Directory "$TestDrive/it's here").FullName
    $export = Invoke-QueryJobExport $Query (Join-Path $folder day.ndjson.gz) -Start 2h
}
AfterAll { Stop-LogScaleSimulator }

Describe 'The sample conversion to Parquet, with <Kind>' -ForEach $withDuckDb {
    BeforeAll {
        $global:duckdbCall = $null
        # Reads the SQL as duckdb does, and answers the count that the test wants.
        function Invoke-DuckDbStandIn {
            $sql = @($input) -join "`n"
            $global:duckdbCall = @{ Sql = $sql; Arguments = $args }
            if ($sql -match "TO '((?:[^']|'')+)' \(FORMAT parquet") { Set-Content $Matches[1].Replace("''", "'") 'PAR1' }
            $global:LASTEXITCODE = 0
            $global:duckdbRows
        }
        $global:duckdbRows = $export.Events
        $program = if ($Kind -eq 'a stand-in') { 'Invoke-DuckDbStandIn' } else { 'duckdb' }
    }
    AfterAll { Remove-Variable duckdbCall, duckdbRows -Scope Global }

    It 'writes a file with every event' {
        $file = & "$samples/ConvertTo-Parquet.ps1" $export.Path -DuckDb $program
        $file.Name | Should -Be day.parquet
        if ($Kind -eq 'a stand-in') {
            # Every field is a column of text, and a quote in a path is doubled.
            $columns = @(Import-PagedExport $export.Path | ForEach-Object { $_.psobject.Properties.Name } | Sort-Object -Unique)
            foreach ($column in $columns) { $duckdbCall.Sql | Should -Match ([regex]::Escape("'$column': 'VARCHAR'")) }
            $duckdbCall.Sql | Should -Match "it''s here"
            $duckdbCall.Arguments | Should -Contain '-bail'
        }
        else { Get-Content $file -AsByteStream -TotalCount 4 | Should -Be ([byte[]][char[]]'PAR1') }
    }

    It 'fails if a row is missing' -Skip:($Kind -ne 'a stand-in') {
        $global:duckdbRows = $export.Events - 1
        { & "$samples/ConvertTo-Parquet.ps1" $export.Path -DuckDb $program } | Should -Throw "*$($export.Events - 1) rows*"
    }

    It 'takes no export that does not agree with its manifest' {
        $copy = "$TestDrive/tampered-$program.ndjson.gz"
        Copy-Item $export.Path $copy
        Copy-Item $export.ManifestPath "$copy.manifest.json"
        [System.IO.File]::AppendAllText($copy, 'x')
        { & "$samples/ConvertTo-Parquet.ps1" $copy -DuckDb $program } | Should -Throw '*does not agree*'
    }
}

Describe 'The sample copy with rclone, with <Kind>' -ForEach $withRclone {
    BeforeAll {
        $remote = (New-Item -ItemType Directory "$TestDrive/remote $Kind").FullName
        # Copies, and says the hash as rclone does. After -Damaged, what is stored differs.
        $global:rcloneDamages = $false
        function Invoke-RcloneStandIn {
            $global:LASTEXITCODE = 0
            switch ($args[0]) {
                'copyto' {
                    $args[3..4] | Should -Be '--checksum', '--ignore-existing'
                    Copy-Item -LiteralPath $args[1] ($args[2] -replace '^:local:')
                    if ($global:rcloneDamages) { Add-Content ($args[2] -replace '^:local:') 'x' }
                }
                'hashsum' {
                    $args[1, 3] | Should -Be 'sha256', '--download'
                    "$((Get-FileHash -LiteralPath ($args[2] -replace '^:local:')).Hash.ToLower())  $(Split-Path $args[2] -Leaf)"
                }
                default { $global:LASTEXITCODE = 1 }
            }
        }
        $program = if ($Kind -eq 'a stand-in') { 'Invoke-RcloneStandIn' } else { 'rclone' }
    }
    AfterAll { Remove-Variable rcloneDamages -Scope Global }

    It 'stores the files and the manifest, which can be verified there' {
        $copied = @(& "$samples/Copy-ToRemote.ps1" $export.Path ":local:$remote" -Rclone $program)
        $copied.Remote | ForEach-Object { Split-Path $_ -Leaf } | Should -Be 'day.ndjson.gz', 'day.ndjson.gz.manifest.json'
        $copied[0].Sha256 | Should -Be $export.Sha256
        (Test-PagedExport "$remote/day.ndjson.gz").IsValid | Should -BeTrue
    }

    It 'stores an export in several files' {
        $several = Invoke-QueryJobExport $Query (Join-Path $folder several.ndjson) -Start 2h -MaxFileEvents 500
        $copied = @(& "$samples/Copy-ToRemote.ps1" (Join-Path $folder 'several*.ndjson') ":local:$remote" -Rclone $program)
        @($copied.Path) | Should -HaveCount ($several.Files.Count + 1)
        (Test-PagedExport "$remote/several*.ndjson").IsValid | Should -Be $true
    }

    It 'fails if the stored file differs' {
        if ($Kind -eq 'a stand-in') { $global:rcloneDamages = $true }
        else { Set-Content "$remote/day.ndjson.gz" 'another file' }
        { & "$samples/Copy-ToRemote.ps1" $export.Path ":local:$remote" -Rclone $program 2>$null } | Should -Throw
    }
}

Describe 'The sample for the Logs Ingestion API' {
    BeforeAll {
        $port = & { $l = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0); $l.Start(); try { $l.LocalEndpoint.Port } finally { $l.Stop() } }
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $requests = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
        $statuses = [System.Collections.Concurrent.ConcurrentQueue[int]]::new()
        # Answers 204, or the next of the statuses.
        $shell = [powershell]::Create().AddScript({
                param($Listener, $Requests, $Statuses)
                while ($Listener.IsListening) {
                    try { $context = $Listener.GetContext() } catch { return }
                    $body = [System.IO.StreamReader]::new($context.Request.InputStream, [System.Text.Encoding]::UTF8).ReadToEnd()
                    $status = 204
                    $null = $Statuses.TryDequeue([ref]$status)
                    if (-not $status) { $status = 204 }
                    $Requests.Enqueue(@{ Url = "$($context.Request.Url)"; Token = $context.Request.Headers['Authorization']; Length = $context.Request.ContentLength64; Body = $body; Status = $status })
                    $context.Response.StatusCode = $status
                    if ($status -eq 429) { $context.Response.Headers['Retry-After'] = '0' }
                    $context.Response.Close()
                }
            }).AddArgument($listener).AddArgument($requests).AddArgument($statuses)
        $running = $shell.BeginInvoke()
        $arguments = @{
            Path = $export.Path; Endpoint = "http://127.0.0.1:$port/"; RuleId = 'dcr-1'; Stream = 'Custom-Events'
            Token = ConvertTo-SecureString 'ingestion-token' -AsPlainText -Force; MaxBatchBytes = 100KB
        }
    }
    AfterAll { $listener.Close(); $shell.Stop(); $shell.Dispose() }
    BeforeEach { $requests.Clear(); $statuses.Clear() }

    It 'sends every event once, in batches below the limit' {
        $result = & "$samples/Send-ToLogAnalytics.ps1" @arguments
        $result.Accepted | Should -Be $export.Events
        $result.Batches | Should -Be $requests.Count
        $requests.Count | Should -BeGreaterThan 3
        ($requests.Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 100KB
        $requests.Url | Sort-Object -Unique | Should -Be "http://127.0.0.1:$port/dataCollectionRules/dcr-1/streams/Custom-Events?api-version=2023-01-01"
        $requests.Token | Sort-Object -Unique | Should -Be 'Bearer ingestion-token'
        $sent = @($requests | ForEach-Object { $_.Body | ConvertFrom-Json } | ForEach-Object { $_ })
        @($sent.RawData.'@id' | Sort-Object -Unique) | Should -HaveCount $export.Events
        $events = @(Import-PagedExport $export.Path)
        $sent[0].RawData.'@id' | Should -Be $events[0].'@id'
        ([datetimeoffset]$sent[0].TimeGenerated).UtcDateTime | Should -Be $events[0].TimeCreated.UtcDateTime
    }

    It 'sends a refused batch again' {
        429, 503 | ForEach-Object { $statuses.Enqueue($_) }
        Mock Start-Sleep { }
        $result = & "$samples/Send-ToLogAnalytics.ps1" @arguments
        $result.Accepted, $result.Retries | Should -Be $export.Events, 2
        $result.Batches | Should -Be ($requests.Count - 2)
    }

    It 'fails at once where the token has no right' {
        $statuses.Enqueue(403)
        { & "$samples/Send-ToLogAnalytics.ps1" @arguments } | Should -Throw '*403*'
        $requests.Count | Should -Be 1
    }

    It 'names an event that no request can hold, and sends nothing of a file that was changed' {
        { & "$samples/Send-ToLogAnalytics.ps1" @arguments -MaxBatchBytes 100 } | Should -Throw '*bytes, more than a request may have*'
        $copy = "$TestDrive/changed.ndjson.gz"
        Copy-Item $export.Path $copy
        Copy-Item $export.ManifestPath "$copy.manifest.json"
        [System.IO.File]::AppendAllText($copy, 'x')
        $changed = $arguments.Clone()
        $changed.Path = $copy
        { & "$samples/Send-ToLogAnalytics.ps1" @changed } | Should -Throw '*does not agree*'
        $requests.Count | Should -Be 0
    }
}
