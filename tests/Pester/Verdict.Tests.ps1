Describe 'The verdict of a result' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
    }
    AfterEach {
        $server.ClearFaults()
        $null = $server | Connect-LogScale -MaxRetryCount 3
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'gives the error as the reason after <Name>' -ForEach @(
        @{ Name = 'a 400'; Fault = '400'; Retries = 3; Words = '400' }
        @{ Name = 'a 401'; Fault = '401'; Retries = 3; Words = '401' }
        @{ Name = 'a server that does not answer'; Fault = 'ResetBefore'; Retries = 0; Words = 'connection' }
    ) {
        $null = $server | Connect-LogScale -MaxRetryCount $Retries
        $server.AddFault($Fault, 'Create', 0, 1000)
        $caught = try { Invoke-QueryJob $Query -Start 2h -SummaryVariable global:verdictSummary } catch { $_ }
        $caught | Should -Not -BeNullOrEmpty
        $global:verdictSummary.State | Should -Be Incomplete
        $global:verdictSummary.Reason | Should -Not -Match 'pipeline'
        $caught.Exception.Message | Should -Match $Words
        $global:verdictSummary.Reason | Should -Match $Words
    }

    It 'gives the stopped pipeline as the reason if it was stopped' {
        $null = Invoke-QueryJob $Query -Start 2h -SummaryVariable stopped | Select-Object -First 1
        $stopped.State | Should -Be Incomplete
        $stopped.Reason | Should -Match 'pipeline'
    }

    Context 'with -RequireComplete' {
        It 'gives an error if it is Unverified' {
            $given = @{ Query = "$Query | sort(@timestamp)"; Start = '2h'; RequireComplete = $true; WarningAction = 'SilentlyContinue' }
            { Invoke-QueryJob @given -ErrorAction SilentlyContinue } | Should -Throw '*it is Unverified*' -ErrorId 'NotComplete,*'
            { Invoke-QueryJobExport @given -Path "$TestDrive/u.ndjson" -ErrorAction SilentlyContinue } | Should -Throw '*it is Unverified*' -ErrorId 'NotComplete,*'
            "$TestDrive/u.ndjson" | Should -Exist
        }

        It 'ends the statement if it is Incomplete' {
            $null = $server | Connect-LogScale -MaxRetryCount 0
            $server.AddFault('500', 'Poll', 6, 1000)
            $given = @{ Query = $Query; Start = '2h'; RequireComplete = $true; Strategy = 'Around'; PageSize = 100 }
            { Invoke-QueryJob @given -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'QueryJobIncomplete,*'
            $server.ClearFaults()
            $server.AddFault('500', 'Poll', 6, 1000)
            { Invoke-QueryJobExport @given -Path "$TestDrive/i.ndjson" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'QueryJobExportIncomplete,*'
            { Resume-PagedExport "$TestDrive/i.ndjson" -RequireComplete -ErrorAction SilentlyContinue } | Should -Throw
            $server.ClearFaults()
            (Resume-PagedExport "$TestDrive/i.ndjson" -RequireComplete).State | Should -Be Complete
        }

        It 'ends the pipeline at the first failure' {
            { 'foo | bar(', 'count()' | Invoke-QueryJob -Start 2h -RequireComplete -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'BadRequest,*'
        }

        It 'passes if it is Complete, and requires a count' {
            @(Invoke-QueryJob $Query -Start 2h -RequireComplete).Count | Should -BeGreaterThan 1000
            { Invoke-QueryJob $Query -Start 2h -RequireComplete -NoVerify } | Should -Throw '*-NoVerify*' -ErrorId 'InvalidArgument,*'
        }
    }

    It 'warns of a result that <Function> cut' -ForEach @{ Function = 'sort(@timestamp)' }, @{ Function = 'table([@timestamp, @id])' } {
        $rows = Invoke-QueryJob "$Query | $Function" -Start 2h -SummaryVariable cut -WarningVariable warned -WarningAction SilentlyContinue
        @($rows).Count | Should -Be 200
        $cut.State | Should -Be Unverified
        $warned.Count | Should -BeGreaterThan 0
        $cut.Warnings.Count | Should -BeGreaterThan 0
    }
}
