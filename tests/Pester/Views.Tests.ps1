Describe 'The views at a width of <Width>' -ForEach @(@{ Width = 80 }, @{ Width = 120 }, @{ Width = 200 }) {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $connection = Get-LogScaleConnection
        $path = Join-Path $TestDrive "events-$Width.ndjson"
        $null = Invoke-QueryJobExport $Query $path -Start 2h
    }
    AfterAll { Stop-LogScaleSimulator }

    # Each view with what identifies an item of it.
    It 'fits <Name>, and shows what identifies an item' -ForEach @(
        @{ Name = 'events'; Make = { Invoke-QueryJob $Query -Start 2h -First 5 }; Id = { [LogScalePaging.Display]::Time($_) } }
        @{ Name = 'events of Axiom'; System = 'Axiom'; Make = { Invoke-AxiomQuery -Dataset demo -Start 3h -First 5 }; Id = { $_.TimeCreated.ToString('yyyy-MM-ddTHH:mm:ss') } }
        @{ Name = 'records of Falcon'; System = 'Falcon'; Make = { Invoke-FalconQuery /devices/combined/devices/v1 -First 5 }; Id = { $_.device_id } }
        @{ Name = 'records of Tanium'; System = 'Tanium'; Make = { Invoke-TaniumQuery endpoints -Property id, name -First 5 }; Id = { $_.id } }
        @{ Name = 'connections'; Make = { $connection }; Id = { $_.BaseUrl.Host } }
        @{ Name = 'jobs'; Make = { New-QueryJob '*' -Start 1h; New-QueryJob $Query -Start 1h }; Id = { $_.Id } }
        @{ Name = 'states of jobs'; Make = { New-QueryJob '*' -Start 1h | Wait-QueryJob }; Id = { $_.Id } }
        @{ Name = 'pages of a job'; Make = { New-QueryJob '*' -Start 1h | Get-QueryJobPage -AsPage }; Id = { "$($_.Number)" } }
        @{ Name = 'pages of records'; Make = { Invoke-QueryJob '*' -Start 2h -AsPage -PageSize 100 -Strategy Around }; Id = { "$($_.Number)" } }
        @{ Name = 'a summary'; Make = { $null = Invoke-QueryJob $Query -Start 2h -SummaryVariable made; $made }; Id = { $_.State, $_.Repository } }
        @{ Name = 'a measure'; Make = { Measure-QueryJob $Query -Start 2h }; Id = { $_.Query, $_.Strategy } }
        @{ Name = 'the result of an export'; Make = { Invoke-QueryJobExport $Query $path -Start 2h -Force }; Id = { $_.State, (Split-Path $_.Path -Leaf) } }
        @{ Name = 'a check of an export'; Make = { Test-PagedExport $path }; Id = { Split-Path $_.Path -Leaf } }
        @{ Name = 'findings of a check'; Make = { (Test-PagedExport $path).Findings }; Id = { $_.Name } }
        @{ Name = 'simulators'; Make = { $server }; Id = { "$($_.BaseUrl)".TrimEnd('/') } }
        @{ Name = 'a test of a connection'; Make = { Test-LogScaleConnection }; Id = { 'demo' } }
    ) {
        $simulator = if ($System) { Start-LogScaleSimulator -System $System }
        if ($simulator) { $null = $simulator | & "Connect-$System" }
        $made = @(& $Make)
        if ($simulator) { $simulator | Stop-LogScaleSimulator }
        $made.Count | Should -BeGreaterThan 0
        $view = $made | Out-String -Width $Width
        # A long text, such as a path, may be on several lines.
        $joined = $view -replace '\s+', ''
        foreach ($item in $made) {
            foreach ($id in ($item | ForEach-Object $Id)) { $joined | Should -BeLike "*$([WildcardPattern]::Escape(("$id" -replace '\s+', '')))*" }
        }
        $longest = @($view -split '\r?\n' | Sort-Object Length -Descending)[0]
        $longest.Length | Should -BeLessOrEqual $Width -Because "this line is longer: $longest"
        $made | Format-Table | Out-String -Width $Width -Stream | ForEach-Object { $_.Length | Should -BeLessOrEqual $Width }
        $made | Where-Object { $_.PSTypeNames -like '*QueryJob*' -and $_.Id } | ForEach-Object { $_ | Stop-QueryJob -ErrorAction SilentlyContinue }
    }

    It 'cuts no address and no path off' {
        # Another file of tests may have left a connection.
        $own = Get-LogScaleConnection | Where-Object BaseUrl -EQ $server.BaseUrl
        ($own | Out-String -Width $Width) | Should -BeLike "*$($own.BaseUrl)*"
        ($server | Out-String -Width $Width) | Should -BeLike "*$($server.BaseUrl)*"
        $folder = New-Item (Join-Path $TestDrive "a folder with a long name, for example that of a case $Width") -ItemType Directory
        $long = Join-Path $folder 'slice-214155fc-00001.ndjson'
        $result = Invoke-QueryJobExport $Query $long -Start 2h
        foreach ($shown in $result, (Test-PagedExport -LiteralPath $long)) {
            ($shown | Format-Table | Out-String -Width $Width) -replace '\s' | Should -BeLike "*$([WildcardPattern]::Escape($long -replace '\s'))*"
        }
    }
}
