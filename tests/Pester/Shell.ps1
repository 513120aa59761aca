# Starts this PowerShell again, in a separate process.

# The program, and the arguments before PowerShell's own arguments. The process of a PowerShell that was started as a global tool, or as
# 'dotnet pwsh.dll', is dotnet; that of an editor is another program altogether.
function Get-Shell {
    $program = (Get-Process -Id $PID).Path
    switch ([System.IO.Path]::GetFileNameWithoutExtension($program)) {
        { $_ -in 'pwsh', 'powershell' } { return $program }
        'dotnet' { return $program, (Join-Path $PSHOME pwsh.dll) }
    }
    $name = if ($PSEdition -eq 'Core') { 'pwsh' } else { 'powershell' }
    (Get-Command (Join-Path $PSHOME $name) -CommandType Application).Path
}

# Runs it with these arguments and returns what it prints; $LASTEXITCODE is its exit code.
function Invoke-Shell {
    $program, $arguments = @(Get-Shell) + $args
    & $program @arguments
}
